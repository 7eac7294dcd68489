-- The claim on a candidate is looked for among those of its issue, one candidate at a time. While statistics knew of few
-- active claims, Postgres went through all of them for every candidate, by whichever index has them: 3.7 ms instead of
-- 0.4 with 1,600 active ones, and more with more. `case` keeps it from the indexes of active claims.
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
left join lateral (
  select * from claim held
  where held.issue_id = w.issue_id and held.exclusion_key = w.exclusion_key
    and case held.state when 'active' then true else false end
  limit 1
) c on true;
