-- Deliveries as received, runs of the clock, and what they found.

create table delivery (
  -- GitHub's GUID: the same on a redelivery.
  guid text primary key,
  event text not null,
  action text,
  received_at timestamptz not null default now(),
  outcome text not null default 'received' constraint delivery_outcome_known
    check (outcome in ('received', 'applied', 'ignored', 'unreadable', 'failed')),
  -- Why it was ignored, where it could not be read, or what failed.
  reason text,
  repository_id bigint references repository,
  attempts integer not null default 1,
  retry_at timestamptz,
  payload bytea not null
);
create index delivery_by_age on delivery (received_at);
create index delivery_failed on delivery (retry_at) where outcome = 'failed' and retry_at is not null;

create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_kind text not null constraint audit_event_actor_kind_known
    check (actor_kind in ('agent', 'operator', 'github', 'clock')),
  actor text not null,
  action text not null,
  repository text,
  issue_number integer,
  issue_id bigint,
  before jsonb,
  after jsonb,
  success boolean not null default true,
  error text,
  notes text,
  correlation_id text
);
create index audit_event_by_repository on audit_event (lower(repository), id desc);
create index audit_event_by_issue on audit_event (issue_id, id desc);

-- One run of a synchronisation that somebody asked for.
create table sync_run (
  id bigint generated always as identity primary key,
  kind text not null constraint sync_run_kind_known check (kind in ('issues', 'automation')),
  -- Null: all repositories.
  repository_id bigint references repository,
  state text not null default 'requested' constraint sync_run_state_known
    check (state in ('requested', 'running', 'finished')),
  requested_by text not null,
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  repositories_total integer not null default 0,
  repositories_done integer not null default 0,
  issues_synced integer not null default 0,
  -- One object per repository: repo, synced, error.
  results jsonb not null default '[]'
);
create unique index sync_run_one_at_a_time on sync_run (kind, coalesce(repository_id, 0)) where state <> 'finished';

-- The last run of each job of the clock.
create table job_run (
  job text primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  succeeded_at timestamptz,
  error text,
  counts jsonb not null default '{}'
);

-- A difference that sync found and no webhook had told.
create table drift (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  repository_id bigint not null references repository,
  issue_id bigint,
  what text not null,
  before jsonb,
  after jsonb
);
create index drift_recent on drift (at);
