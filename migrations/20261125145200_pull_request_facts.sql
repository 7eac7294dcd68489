-- What reviewers and checks say of pull requests, and what it comes to.

alter table pull_request
  -- Of people with write access; null while nobody decided.
  add column review_decision text constraint pull_request_review_decision_known
    check (review_decision in ('approved', 'changes_requested')),
  -- Of the newest commit only; null when nothing checks it, which is never passed.
  add column checks text constraint pull_request_checks_known check (checks in ('passed', 'pending', 'failed')),
  add column failing_checks text[] not null default '{}',
  -- Issues that GitHub itself counts as closed by it, also those linked by hand: `owner/name#number`, in lower case.
  add column closing_references text[] not null default '{}',
  -- Its branch is in somebody else's copy of the repository: agents cannot push there, and its name proves nothing.
  add column fork boolean not null default false,
  -- GitHub computes mergeability when it is asked for: how often it did not know yet, and when to ask again.
  add column unknown_reads integer not null default 0,
  add column reread_at timestamptz,
  -- Raised whenever only a read of its reviews and checks can tell what is right; `settled` follows when a read that
  -- began later came back.
  add column follow_up_wanted integer not null default 0,
  add column follow_up_settled integer not null default 0,
  -- Grows with every change of reviews and checks: a read that began under another version settles nothing.
  add column follow_up_version integer not null default 0,
  add column follow_up_read_at timestamptz,
  -- The lists' ETags, by name, for the commit they were read at.
  add column follow_up_etags jsonb not null default '{}';
create index pull_request_follow_up on pull_request (repository_id) where follow_up_wanted > follow_up_settled;
create index pull_request_by_head on pull_request (repository_id, head_sha) where state = 'open';
create index pull_request_by_base on pull_request (repository_id, base_ref) where state = 'open';

create table review (
  id bigint primary key,
  pull_request_id bigint not null references pull_request on delete cascade,
  author text,
  author_association text,
  state text not null constraint review_state_known
    check (state in ('pending', 'commented', 'approved', 'changes_requested', 'dismissed')),
  body text not null,
  commit_sha text,
  url text,
  submitted_at timestamptz,
  -- No longer there.
  gone boolean not null default false
);
create index review_by_pull_request on review (pull_request_id);

create table review_comment (
  id bigint primary key,
  pull_request_id bigint not null references pull_request on delete cascade,
  review_id bigint,
  in_reply_to bigint,
  author text,
  author_association text,
  path text not null,
  line integer,
  body text not null,
  url text not null,
  github_created_at timestamptz not null,
  github_updated_at timestamptz not null,
  -- Its thread is resolved, and since when it is or is not. GitHub's REST API does not tell, only webhooks do.
  resolved boolean not null default false,
  resolved_at timestamptz,
  gone boolean not null default false
);
create index review_comment_by_pull_request on review_comment (pull_request_id);

-- Kept by commit: a check may be told before the pull request is.
create table check_run (
  id bigint primary key,
  repository_id bigint not null references repository,
  head_sha text not null,
  suite_id bigint,
  app text not null,
  name text not null,
  status text not null,
  conclusion text,
  title text,
  summary text,
  url text,
  started_at timestamptz,
  completed_at timestamptz,
  seen_at timestamptz not null default now()
);
create index check_run_by_commit on check_run (repository_id, head_sha);
create index check_run_by_age on check_run (seen_at);

-- The newest status of each context of a commit.
create table commit_status (
  repository_id bigint not null references repository,
  sha text not null,
  context text not null,
  id bigint not null,
  state text not null,
  description text,
  url text,
  github_updated_at timestamptz not null,
  seen_at timestamptz not null default now(),
  constraint commit_status_once primary key (repository_id, sha, context)
);
create index commit_status_by_age on commit_status (seen_at);

-- A pull request belongs to the issue whose claim was given its branch, or named its number.
create index claim_by_branch on claim (branch) where branch is not null;
create index claim_by_pull_request on claim (pull_request_number) where pull_request_number is not null;

-- Counters and times of reading are nobody's news.
drop trigger feed on pull_request;
create trigger feed after insert or update of repository_id, number, title, state, draft, url, author, head_ref,
    head_sha, base_ref, mergeable, labels, merged_at, review_decision, checks, failing_checks, fork
  on pull_request for each row execute function feed_issues_of_pull_request();
