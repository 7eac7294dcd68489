-- GitHub's facts, cached: repositories, issues, pull requests. Identity is GitHub's numeric id.

-- The one clock of every rule. Tests replace this function in their own database to move time.
create function dispatch_now() returns timestamptz language sql stable as 'select now()';

create table repository (
  id bigint generated always as identity primary key,
  -- GitHub's id. Null until GitHub was asked or told us: a repository is tracked by its name first.
  github_id bigint,
  owner text not null,
  name text not null,
  default_branch text,
  latest_commit_sha text,
  open_pr_count integer not null default 0,
  enabled boolean not null default true,
  archived boolean not null default false,
  -- Deleted on GitHub, or no longer visible to our credential.
  gone boolean not null default false,
  source text not null constraint repository_source_known check (source in ('env', 'user')),
  installation_id bigint,
  -- Issues and pull requests updated up to here were seen.
  sync_cursor timestamptz,
  -- GitHub's version of the repository itself.
  github_updated_at timestamptz,
  -- The full open set was compared last; while a comparison is under way, when it began and how far it is.
  full_synced_at timestamptz,
  full_started_at timestamptz,
  full_cursor timestamptz,
  issues_etag text,
  -- Tried last, for a fair order; synced last, for people.
  attempted_at timestamptz,
  last_synced_at timestamptz,
  last_error text,
  created_at timestamptz not null default now()
);
-- GitHub compares names without case. A repository that is gone gives its name free.
create unique index repository_name_once on repository (lower(owner || '/' || name)) where not gone;
create unique index repository_github_id_once on repository (github_id);

create table issue (
  id bigint primary key,
  repository_id bigint not null references repository,
  number integer not null,
  title text not null,
  body text not null,
  closed boolean not null,
  state_reason text,
  url text not null,
  author text,
  author_association text,
  assignees text[] not null,
  comments integer not null,
  -- What GitHub showed last, as spelled there.
  labels text[] not null,
  github_created_at timestamptz not null,
  -- GitHub's version of the issue, with one-second resolution.
  github_updated_at timestamptz not null,
  closed_at timestamptz,
  -- Deleted, or moved to another repository.
  gone boolean not null default false,

  -- As read by the domain; `status` and `agent` hold our own unfinished intents.
  status text not null constraint issue_status_known
    check (status in ('backlog', 'ready', 'in-progress', 'in-review', 'blocked', 'done')),
  priority text,
  kind text,
  owner text,
  agent text,
  lane text not null,
  problems text[] not null default '{}',
  block_kind text constraint issue_block_kind_known
    check (block_kind in ('needs_input', 'waiting', 'infrastructure')),
  block_reason text,
  -- A result that is not a pull request waits for a person.
  attention text,

  -- Raised whenever only a read can tell what is right. `settled` follows when a read that began later came back.
  reread_wanted integer not null default 0,
  reread_settled integer not null default 0,
  -- Grows with every change of the facts: a read that began under another version settles no tie.
  version integer not null default 0,
  seen_at timestamptz not null default now(),
  constraint issue_blocked_has_reason check (status <> 'blocked' or block_reason is not null)
);
create unique index issue_number_once on issue (repository_id, number) where not gone;
create index issue_board on issue (status, github_updated_at desc) where not gone;
create index issue_labels on issue using gin (labels);
create index issue_reread on issue (repository_id) where reread_wanted > reread_settled;

create table pull_request (
  id bigint primary key,
  repository_id bigint not null references repository,
  number integer not null,
  title text not null,
  body text not null,
  state text not null constraint pull_request_state_known check (state in ('open', 'closed', 'merged')),
  draft boolean not null,
  url text not null,
  author text,
  head_ref text not null,
  head_sha text not null,
  base_ref text not null,
  mergeable boolean,
  labels text[] not null,
  github_created_at timestamptz not null,
  github_updated_at timestamptz not null,
  merged_at timestamptz,
  -- Numbers of the issues it closes, also of those not seen yet.
  closes integer[] not null default '{}',
  reread_wanted integer not null default 0,
  reread_settled integer not null default 0,
  constraint pull_request_number_once unique (repository_id, number)
);
create index pull_request_reread on pull_request (repository_id) where reread_wanted > reread_settled;

-- Which issues a pull request closes: by keyword in its text, or by the branch a claim was given.
create table pull_request_issue (
  pull_request_id bigint not null references pull_request on delete cascade,
  issue_id bigint not null references issue on delete cascade,
  constraint pull_request_issue_once primary key (pull_request_id, issue_id)
);
create index pull_request_issue_by_issue on pull_request_issue (issue_id);
