-- What is asked of claims at every hand-out: what an agent has in hand, and whose lease ran out. Not of active ones
-- alone: while statistics know of few, Postgres takes one such index for as good as another, and reads all of them.
drop index claim_active_by_agent;
create index claim_by_agent on claim (agent, state);
drop index claim_active_by_expiry;
create index claim_by_expiry on claim (state, expires_at);

-- A claim changes four rows of one issue, and each tells the feed. What this transaction told last is kept in a setting
-- that ends with it, or with the savepoint that takes the telling back, so that repeating it costs no statement.
create or replace function feed_issue() returns trigger language plpgsql as $$
declare
  told text;
begin
  if current_setting('dispatch.told', true) is distinct from new.id::text then
    insert into change (entity, id) values ('issue', new.id) on conflict do nothing;
    told := set_config('dispatch.told', new.id::text, true);
  end if;
  return null;
end $$;
create or replace function feed_issue_of() returns trigger language plpgsql as $$
declare
  told text;
begin
  if current_setting('dispatch.told', true) is distinct from new.issue_id::text then
    insert into change (entity, id) values ('issue', new.issue_id) on conflict do nothing;
    told := set_config('dispatch.told', new.issue_id::text, true);
  end if;
  return null;
end $$;
