-- Intended writes to GitHub. A row is made in the transaction that wants it; messages only nudge.

create table mutation (
  id bigint generated always as identity primary key,
  kind text not null constraint mutation_kind_known check (kind in ('labels', 'comment')),
  repository_id bigint not null references repository,
  issue_id bigint not null references issue on delete cascade,
  -- Who wanted it first: a refused move goes back, a claim stays.
  origin text not null constraint mutation_origin_known check (origin in ('claim', 'move', 'repair')),
  state text not null default 'pending' constraint mutation_state_known
    check (state in ('pending', 'leased', 'applied', 'superseded', 'parked')),
  -- What was observed, what is wanted now, what was wanted earlier (domain `intent::Intent`).
  intent jsonb not null,
  desired_version integer not null default 1,
  written_version integer,
  -- Grows with every lease, so that a writer that lost its lease finishes nothing.
  fence bigint not null default 0,
  lease_until timestamptz,
  attempts integer not null default 0,
  retry_at timestamptz not null default now(),
  last_error text,
  correlation_id text not null,
  wanted_by text not null,
  created_at timestamptz not null default now(),
  -- Applied or superseded.
  settled_at timestamptz
);
-- One unfinished label mutation per issue: a new intent only raises `desired_version`.
create unique index mutation_one_unfinished_per_issue on mutation (issue_id)
  where kind = 'labels' and state in ('pending', 'leased', 'parked');
create index mutation_due on mutation (retry_at) where state in ('pending', 'leased');
create index mutation_by_issue on mutation (issue_id, id desc);

-- What GitHub said last about each credential's limits.
create table github_budget (
  credential text primary key,
  "limit" integer not null,
  remaining integer not null,
  reset_at timestamptz not null,
  -- GitHub asked for silence until then.
  paused_until timestamptz,
  seen_at timestamptz not null default now()
);
