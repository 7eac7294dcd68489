-- Calls to GitHub: budgets that all instances share, webhooks and their deliveries compared with ours, repositories
-- that vanish, lists that go on where time ran out, and why a difference was not told by a webhook.

alter table github_budget
  -- The next write may go out then, whichever instance makes it.
  add column next_write_at timestamptz,
  -- Secondary limits in a row that named no time: the wait doubles with each.
  add column strikes integer not null default 0,
  -- Which limit asked for silence.
  add column paused_by text constraint github_budget_paused_by_known check (paused_by in ('primary', 'secondary'));

alter table repository
  -- Entity tags of the repository itself and of its first page of open issues.
  add column etag text,
  add column open_etag text,
  -- Where the list of pull requests goes on, and how far back it is wanted; null when it was read to its end.
  add column pulls_next text,
  add column pulls_since timestamptz,
  -- GitHub has not shown it since then.
  add column missing_since timestamptz,
  -- Labels that were defined there by us or before us, folded.
  add column labels_defined text[] not null default '{}';

-- Requests that it took, for the figure that a change of labels costs.
alter table mutation add column writes integer not null default 0;

alter table drift
  add column cause text constraint drift_cause_known check (cause in ('missed_event', 'edit_during_write', 'own_bug'));

-- A webhook as GitHub has it: a repository's, or the App's one.
create table hook (
  id bigint generated always as identity primary key,
  -- Null: the App's, which brings the events of every repository.
  repository_id bigint references repository on delete cascade,
  -- GitHub's id of it. Null: there is none, or it is the App's.
  hook_id bigint,
  state text not null constraint hook_state_known
    check (state in ('ok', 'absent', 'inactive', 'wrong', 'failing', 'unknown')),
  -- What is wrong with it, and what to do.
  problems text[] not null default '{}',
  url text,
  events text[] not null default '{}',
  active boolean not null default false,
  has_secret boolean not null default false,
  -- How GitHub's latest delivery ended.
  last_code integer,
  last_success_at timestamptz,
  checked_at timestamptz,
  -- Somebody asked to create or repair it, and that is not done yet.
  repair_wanted boolean not null default false,
  -- GitHub's list of deliveries was compared with ours up to here. While a comparison is under way: what it will have
  -- reached in the end, and where it goes on.
  compared_until timestamptz,
  comparing_until timestamptz,
  comparing_at text,
  -- Entity tag of the list's first page.
  etag text
);
create unique index hook_once on hook (coalesce(repository_id, 0));

-- A delivery that GitHub lists and we have not got.
create table missing_delivery (
  guid text primary key,
  hook_id bigint not null references hook on delete cascade,
  -- GitHub's id of its latest attempt.
  delivery_id bigint not null,
  event text not null,
  action text,
  repository_id bigint references repository on delete cascade,
  delivered_at timestamptz not null,
  -- How GitHub says that it ended.
  status text not null,
  state text not null default 'missing' constraint missing_delivery_state_known
    check (state in ('missing', 'recovered', 'reread')),
  attempts integer not null default 0,
  retry_at timestamptz not null,
  last_error text,
  noticed_at timestamptz not null,
  settled_at timestamptz
);
create index missing_delivery_open on missing_delivery (retry_at) where state = 'missing';
