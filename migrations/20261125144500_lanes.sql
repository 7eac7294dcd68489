-- Lanes and agents as operators manage them, and the tokens by which agents prove who they are.

create table lane (
  name text primary key constraint lane_name_fits check (name ~ '^[a-z0-9][a-z0-9-]{0,38}$'),
  -- What belongs in it, for people and for agents.
  description text not null default '',
  -- Agents are given work from it. A lane for people, such as a backlog, is not claimable.
  claimable boolean not null default true,
  -- `default`: the lane of work that no label puts anywhere else. `escalation`: where agents send what is beyond them.
  role text constraint lane_role_known check (role in ('default', 'escalation')),
  -- No new claims for the time being. Claims that are held go on.
  paused boolean not null default false,
  -- Active claims in this lane at the same time. Null: as many as there are.
  wip_limit integer constraint lane_wip_limit_fits check (wip_limit between 0 and 10000),
  -- Suggested when work of this lane is assigned by hand. It reserves nothing.
  default_agent text,
  -- `#rrggbb`, for the board.
  colour text constraint lane_colour_fits check (colour ~ '^#[0-9a-f]{6}$'),
  created_at timestamptz not null default now()
);
create unique index lane_role_once on lane (role) where role is not null;
insert into lane (name, description, role) values
  ('default', 'Work that no label puts anywhere else.', 'default'),
  ('escalated', 'Work that was beyond the agent that had it.', 'escalation');

-- A lane begins to exist when the first label names it: work is never in a lane that has no row.
create function lane_of_work() returns trigger language plpgsql as $$
begin
  if not exists (select from lane where name = new.lane) then
    insert into lane (name) values (new.lane) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger lane after insert or update of lane on work for each row execute function lane_of_work();
insert into lane (name) select distinct lane from work on conflict do nothing;

create table agent (
  name text primary key constraint agent_name_fits check (name ~ '^[a-z0-9][a-z0-9-]{0,38}$'),
  description text not null default '',
  -- The lanes it works in, in order of preference. Empty: any.
  lanes text[] not null default '{}',
  -- Active claims at the same time; 0 lets it finish what it has. Null: as many as it asks for.
  capacity integer constraint agent_capacity_fits check (capacity between 0 and 1000),
  -- Null: no operator registered it; the bootstrap token acted under this name.
  registered_at timestamptz,
  registered_by text,
  -- Telemetry, to the minute.
  last_seen_at timestamptz
);

create table agent_token (
  id bigint generated always as identity primary key,
  -- SHA-256 of a token of 256 random bits. Nobody guesses those, so a fast hash is enough.
  sha256 bytea not null constraint agent_token_sha256_fits check (octet_length(sha256) = 32),
  -- The token's last four characters, so that people can tell tokens apart.
  hint text not null,
  description text not null default '',
  tier text not null constraint agent_token_tier_known check (tier in ('agent', 'maintainer')),
  agent text not null references agent on delete cascade,
  created_by text not null,
  created_at timestamptz not null default now(),
  -- Telemetry, to the minute.
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
create unique index agent_token_sha256_once on agent_token (sha256);
create index agent_token_by_agent on agent_token (agent, id);

-- What a request other than a claim led to: the name of a lane, the id of an issue.
alter table idempotency_key add column reference text;

-- What each agent took of its share of requests in the present window. An instance of the API takes several at a time
-- and spends them by itself, so this row is not written for each request. Lost in a crash, it begins anew.
create unlogged table agent_request (
  agent text primary key,
  window_number bigint not null,
  taken integer not null
) with (fillfactor = 50);
