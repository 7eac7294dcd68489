-- What agents can do, and who holds it.

create table work (
  id bigint generated always as identity primary key,
  kind text not null constraint work_kind_known check (kind in ('implement', 'fix')),
  issue_id bigint not null references issue on delete cascade,
  -- The pull request to follow up on, for `fix`.
  pull_request_id bigint references pull_request on delete cascade,
  -- What at most one active claim may hold: `issue:<id>`.
  exclusion_key text not null,
  lane text not null,
  -- The issue's status lets this kind of work start. Gates decide the rest.
  offered boolean not null,
  ready_since timestamptz,
  -- Ready since, minus a weight for priority, minus a bonus: the smaller, the earlier.
  rank_key timestamptz not null,
  attempts_without_progress integer not null default 0,
  snoozed_until timestamptz,
  quarantined_at timestamptz,
  -- Not offered for a while to the agent that gave it back.
  hidden_agent text,
  hidden_until timestamptz,
  constraint work_kind_fits check ((kind = 'fix') = (pull_request_id is not null))
);
create unique index work_implement_once on work (issue_id) where kind = 'implement';
create unique index work_fix_once on work (pull_request_id) where kind = 'fix';
create index work_queue on work (rank_key, id) where offered;
create index work_queue_of_lane on work (lane, rank_key, id) where offered;
create index work_by_issue on work (issue_id);

create sequence claim_fence;

create table claim (
  id bigint generated always as identity primary key,
  -- Grows with every hand-out. Every write on behalf of the claim names it.
  fence bigint not null default nextval('claim_fence'),
  work_id bigint not null references work on delete cascade,
  issue_id bigint not null references issue on delete cascade,
  exclusion_key text not null,
  kind text not null,
  agent text not null,
  lane text not null,
  state text not null default 'active' constraint claim_state_known check (state in ('active', 'ended')),
  attempt integer not null,
  acquired_at timestamptz not null default now(),
  renewed_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- Where the issue returns to when the claim ends without a result.
  resting_status text not null,
  -- The agent label that this claim put on the issue.
  projected_agent text,
  phase text not null default 'claimed',
  note text,
  checkpoint jsonb,
  checkpoint_at timestamptz,
  branch text,
  start_head_sha text,
  head_sha text,
  outcome text,
  end_reason text,
  ended_at timestamptz,
  pull_request_number integer,
  pull_request_url text,
  summary text,
  evidence text,
  model text,
  tokens_in bigint,
  tokens_out bigint,
  cost_usd double precision,
  correlation_id text,
  constraint claim_ended_has_reason check ((state = 'ended') = (end_reason is not null and ended_at is not null))
);
-- The lock. Not code: this index is why two agents never hold one issue.
create unique index claim_one_active_per_key on claim (exclusion_key) where state = 'active';
create unique index claim_fence_once on claim (fence);
create index claim_active_by_agent on claim (agent) where state = 'active';
create index claim_active_by_expiry on claim (expires_at) where state = 'active';
create index claim_by_issue on claim (issue_id, id desc);

-- Late and stale reports are kept as evidence of what an agent did; they change nothing else.
create table stale_report (
  id bigint generated always as identity primary key,
  claim_id bigint not null references claim on delete cascade,
  fence bigint not null,
  verb text not null,
  body jsonb not null,
  received_at timestamptz not null default now()
);

-- One answer per key: a repeated request gets the first one's effect, rendered anew.
create table idempotency_key (
  principal text not null,
  route text not null,
  key text not null,
  body_sha256 bytea not null,
  claim_id bigint references claim on delete cascade,
  -- The fence that the first answer gave.
  fence bigint,
  created_at timestamptz not null default now(),
  constraint idempotency_key_once primary key (principal, route, key)
);

create table agent_run (
  id bigint generated always as identity primary key,
  agent text not null,
  run_type text not null,
  status text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  summary text,
  error_message text,
  notes text,
  touched_issue_urls text[] not null default '{}',
  claim_id bigint references claim on delete cascade,
  created_at timestamptz not null default now()
);
create index agent_run_recent on agent_run (started_at desc);
create unique index agent_run_once_per_claim on agent_run (claim_id);
