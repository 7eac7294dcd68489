-- One definition of what the queue is searched for, and counts that no statement can leave stale.

-- Work that may be handed out as far as its own row says. Whatever passes every gate is among it once leases that ran
-- out are ended and counts that are due are made; a search looks at nothing else.
create or replace view candidate as
select dispatch_now() as now, w.id as work_id, w.kind, w.issue_id, w.pull_request_id, w.exclusion_key, w.lane,
  w.offered, w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent,
  w.hidden_until, w.kind = 'implement' and exists (
    select from work f where f.exclusion_key = w.exclusion_key and f.kind = 'fix' and f.offered) as fix_offered,
  i.number, i.title, i.status, i.priority, i.agent, i.closed, i.gone or r.gone as gone, i.labels,
  r.id as repository_id, r.owner, r.name, r.enabled, r.archived,
  coalesce(r.intake, (select policy from intake)) as intake, i.author_association,
  case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a
    where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved,
  c.id as claim_id, c.agent as claim_agent, c.expires_at as claim_expires_at, c.resting_status as claim_resting,
  c.projected_agent as claim_projected_agent,
  -- The condition of the indexes work_open and work_open_of_lane.
  w.offered and w.waits_for = 0 and w.quarantined_at is null as searched
from work w
join issue i on i.id = w.issue_id
join repository r on r.id = i.repository_id
left join claim c on c.exclusion_key = w.exclusion_key and c.state = 'active';

-- Counts are due whenever what `open_dependency` reads has changed, whoever changed it.
create function count_due_of_issue() returns trigger language plpgsql as $$
begin
  insert into dependency_change (issue_id) values (new.id);
  return null;
end $$;
create trigger count_due_of_new after insert on issue for each row execute function count_due_of_issue();
create trigger count_due after update of repository_id, number, closed, gone on issue for each row
  when ((old.repository_id, old.number, old.closed, old.gone)
    is distinct from (new.repository_id, new.number, new.closed, new.gone))
  execute function count_due_of_issue();

create function count_due_of_dependency() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    insert into dependency_change (issue_id) values (new.issue_id);
  end if;
  if tg_op <> 'INSERT' then
    insert into dependency_change (issue_id)
      select id from (values (old.issue_id), (old.target_id)) as felt (id) where id is not null;
  end if;
  return null;
end $$;
-- Not when a target is found that had not been seen: that is done on the way to the count.
create trigger count_due after insert or delete or update of issue_id, target_closed on issue_dependency
  for each row execute function count_due_of_dependency();

-- While a repository is not tracked, what GitHub told with a relation counts instead of its cached issues.
create function count_due_of_repository() returns trigger language plpgsql as $$
begin
  insert into dependency_change (issue_id)
    select distinct d.target_id from issue_dependency d join issue t on t.id = d.target_id
    where t.repository_id = new.id;
  return null;
end $$;
create trigger count_due after update on repository for each row
  when ((old.enabled, old.gone) is distinct from (new.enabled, new.gone))
  execute function count_due_of_repository();

-- Attempts at a piece of work are counted with each claim.
create index claim_by_work on claim (work_id);
