--: AgentRow(capacity?, registered_at?, registered_by?, last_seen_at?)
--: TokenRow(last_used_at?, revoked_at?, revoked_by?)

--- Every agent that was registered or ever acted, with what it holds.
--! all_agents : AgentRow
select a.name, a.description, a.lanes, a.capacity, a.registered_at, a.registered_by, a.last_seen_at,
  (select count(*) from claim c where c.agent = a.name and c.state = 'active') as claimed,
  (select count(*) from agent_token t where t.agent = a.name and t.revoked_at is null) as tokens
from agent a order by a.name;

--! agent_by_name : AgentRow
select a.name, a.description, a.lanes, a.capacity, a.registered_at, a.registered_by, a.last_seen_at,
  (select count(*) from claim c where c.agent = a.name and c.state = 'active') as claimed,
  (select count(*) from agent_token t where t.agent = a.name and t.revoked_at is null) as tokens
from agent a where a.name = :name;

--! lock_agent
select name from agent where name = :name for no key update;

--- Also an agent that only the bootstrap token knew so far. No row: it was registered before.
--! register_agent
insert into agent (name, registered_at, registered_by) values (:name, dispatch_now(), :registered_by)
on conflict (name) do update set registered_at = excluded.registered_at, registered_by = excluded.registered_by
where agent.registered_at is null
returning name;

--! write_agent (capacity?)
update agent set description = :description, lanes = :lanes, capacity = :capacity where name = :name;

--! delete_agent
delete from agent where name = :name;

--- Telemetry, at most once a minute: the agent, and the token of its own that it used. Nobody waits for the disk: a
--- server that dies forgets a moment of it.
--! agent_seen (token?)
with used as (
  update agent_token set last_used_at = dispatch_now()
  where id = :token and (last_used_at is null or last_used_at < dispatch_now() - interval '1 minute')
)
insert into agent (name, last_seen_at)
select :name, dispatch_now() from set_config('synchronous_commit', 'off', true)
on conflict (name) do update set last_seen_at = excluded.last_seen_at
where agent.last_seen_at is null or agent.last_seen_at < excluded.last_seen_at - interval '1 minute';

--! token_by_sha256
select id, agent, tier from agent_token where sha256 = :sha256 and revoked_at is null;

--! insert_token
insert into agent_token (sha256, hint, description, tier, agent, created_by, created_at)
values (:sha256, :hint, :description, :tier, :agent, :created_by, dispatch_now())
returning id;

--! token_by_id : TokenRow
select id, hint, description, tier, agent, created_by, created_at, last_used_at, revoked_at, revoked_by
from agent_token where id = :id and agent = :agent;

--! tokens_of_agent : TokenRow
select id, hint, description, tier, agent, created_by, created_at, last_used_at, revoked_at, revoked_by
from agent_token where agent = :agent order by revoked_at is not null, id desc limit 200;

--! revoke_token
update agent_token set revoked_at = dispatch_now(), revoked_by = :revoked_by
where id = :id and agent = :agent and revoked_at is null;

--- Takes requests of an agent's share in a window, and answers how many are taken by now. A window is over once
--- somebody has seen a later one.
--! take_requests
insert into agent_request as known (agent, window_number, taken) values (:agent, :window, :wanted)
on conflict (agent) do update set
  window_number = greatest(known.window_number, excluded.window_number),
  taken = case when known.window_number < excluded.window_number then 0 else known.taken end + excluded.taken
returning taken;
