--- One sample in five minutes; whoever comes earlier changes nothing.
--! take_sample
insert into sample (at, ready, in_progress, in_review, blocked, writes_waiting, writes_parked, rereads_wanted,
  claims_active, budget_remaining, budget_limit)
select dispatch_now(), s.ready, s.in_progress, s.in_review, s.blocked,
  (select count(*) from mutation where state in ('pending', 'leased')),
  (select count(*) from mutation where state = 'parked'),
  s.rereads, (select count(*) from claim where state = 'active'),
  b.remaining, b."limit"
from (
  select count(*) filter (where i.status = 'ready') as ready,
    count(*) filter (where i.status = 'in-progress') as in_progress,
    count(*) filter (where i.status = 'in-review') as in_review,
    count(*) filter (where i.status = 'blocked') as blocked,
    count(*) filter (where i.reread_wanted > i.reread_settled) as rereads
  from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
  where not i.closed and not i.gone
) s
left join (
  select remaining, "limit" from github_budget
  where seen_at > dispatch_now() - interval '1 hour' and "limit" > 0
  order by remaining limit 1
) b on true
where not exists (select from sample where at > dispatch_now() - interval '5 minutes')
on conflict do nothing;

--! prune_samples
delete from sample where at in (
  select at from sample where at < dispatch_now() - :days::integer * interval '1 day' limit 5000
);

--- Where the window of the plots begins: with the first whole day or hour (UTC) of it.
--! window
select dispatch_now() as now,
  date_trunc(:unit::text, dispatch_now() - :days::integer * interval '1 day', 'UTC') as since;

--- Issues by status, as the board shows them: done counts two weeks.
--! open_by_status
select i.status, count(*) as issues,
  count(*) filter (where i.status = 'in-progress' and not exists (
    select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now())) as unheld
from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
where not i.gone
  and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days')
group by i.status;

--- In progress, and nobody is at it: no claim, or one whose lease ran out. The longest first.
--! stale_in_progress
select i.id
from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
where i.status = 'in-progress' and not i.closed and not i.gone
  and not exists (
    select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now())
order by i.status_since
limit :most;

--- Each agent since the window began. What is done counts for everybody who tried; first pass as `done_issue` has it.
--! agents : (last_seen?, claim_to_pr_seconds?, pr_to_merge_seconds?, cost_usd?)
with attempt as (
  select c.*, c.outcome in ('pr_opened', 'pr_updated') as delivered
  from claim c where c.acquired_at >= :since or c.ended_at >= :since or c.state = 'active'
),
done as (
  select c.agent, count(distinct d.id) as done, count(distinct d.id) filter (where d.first_pass) as first_pass
  from done_issue d join claim c on c.issue_id = d.id
  where d.closed_at >= :since
  group by c.agent
),
merged as (
  select m.agent, count(*) as merged,
    percentile_cont(0.5) within group (order by extract(epoch from m.merged_at - m.github_created_at)::double precision)
      as pr_to_merge_seconds
  from (
    select distinct c.agent, p.id, p.merged_at, p.github_created_at
    from pull_request p
    join issue i on i.repository_id = p.repository_id
    join claim c on c.issue_id = i.id and c.pull_request_number = p.number
    where p.merged_at >= :since
  ) m
  group by m.agent
),
figures as (
  select a.agent,
    count(*) filter (where a.state = 'active') as active,
    count(*) filter (where a.acquired_at >= :since) as claims,
    count(*) filter (where a.state = 'ended' and a.ended_at >= :since) as ended,
    count(*) filter (where a.delivered and a.ended_at >= :since) as delivered,
    count(*) filter (where a.outcome = 'failed' and a.ended_at >= :since) as failed,
    count(*) filter (where a.end_reason = 'expired' and a.ended_at >= :since) as expired,
    count(*) filter (where a.end_reason = 'blocked' and a.ended_at >= :since) as blocked,
    max(a.renewed_at) as last_seen,
    percentile_cont(0.5) within group (order by extract(epoch from a.ended_at - a.acquired_at)::double precision)
      filter (where a.outcome = 'pr_opened' and a.ended_at >= :since) as claim_to_pr_seconds,
    coalesce(sum(coalesce(a.tokens_in, 0) + coalesce(a.tokens_out, 0)) filter (where a.ended_at >= :since), 0)::bigint as tokens,
    sum(a.cost_usd) filter (where a.ended_at >= :since) as cost_usd
  from attempt a
  group by a.agent
)
select agent, coalesce(active, 0) as active, coalesce(claims, 0) as claims, coalesce(ended, 0) as ended,
  coalesce(delivered, 0) as delivered, coalesce(done, 0) as done, coalesce(first_pass, 0) as first_pass,
  coalesce(merged, 0) as merged, coalesce(failed, 0) as failed, coalesce(expired, 0) as expired,
  coalesce(blocked, 0) as blocked, last_seen, claim_to_pr_seconds, pr_to_merge_seconds, coalesce(tokens, 0) as tokens, cost_usd
from figures full join done using (agent) full join merged using (agent)
order by agent;

--- Open issues that carry an agent's label.
--! open_by_agent
select lower(i.agent) as agent, count(*) as issues
from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
where i.agent is not null and not i.closed and not i.gone
group by lower(i.agent);

--- One row per day or hour (UTC) since the window began, with what happened in it.
--! series : (claim_to_pr_seconds?, pr_to_merge_seconds?, converge_seconds?, ready?, in_progress?, writes_waiting?, budget_remaining?, budget_limit?)
with slot as (
  select at from generate_series(:since::timestamptz, dispatch_now(), ('1 ' || :unit::text)::interval) at
),
done as (
  select date_trunc(:unit, d.closed_at, 'UTC') as at, count(*) as done,
    count(*) filter (where d.by_agents) as done_by_agents, count(*) filter (where d.first_pass) as first_pass
  from done_issue d where d.closed_at >= :since
  group by 1
),
ended as (
  select date_trunc(:unit, c.ended_at, 'UTC') as at,
    count(*) filter (where c.end_reason = 'expired') as expired,
    count(*) filter (where c.outcome in ('pr_opened', 'pr_updated')) as delivered,
    percentile_cont(0.5) within group (order by extract(epoch from c.ended_at - c.acquired_at)::double precision)
      filter (where c.outcome = 'pr_opened') as claim_to_pr_seconds
  from claim c where c.ended_at >= :since
  group by 1
),
merged as (
  select date_trunc(:unit, p.merged_at, 'UTC') as at, count(*) as merged,
    percentile_cont(0.5) within group (order by extract(epoch from p.merged_at - p.github_created_at)::double precision)
      as pr_to_merge_seconds
  from pull_request p
  where p.merged_at >= :since and exists (select from pull_request_issue l where l.pull_request_id = p.id)
  group by 1
),
written as (
  select date_trunc(:unit, m.settled_at, 'UTC') as at, count(*) as writes,
    percentile_cont(0.95) within group (order by extract(epoch from m.settled_at - m.created_at)::double precision)
      as converge_seconds
  from mutation m where m.state = 'applied' and m.settled_at >= :since
  group by 1
),
sampled as (
  select date_trunc(:unit, s.at, 'UTC') as at, max(s.ready) as ready, max(s.in_progress) as in_progress,
    max(s.writes_waiting) as writes_waiting, min(s.budget_remaining) as budget_remaining, max(s.budget_limit) as budget_limit
  from sample s where s.at >= :since
  group by 1
)
select slot.at, coalesce(done, 0) as done, coalesce(done_by_agents, 0) as done_by_agents,
  coalesce(first_pass, 0) as first_pass, coalesce(expired, 0) as expired, coalesce(delivered, 0) as delivered,
  claim_to_pr_seconds, coalesce(merged, 0) as merged, pr_to_merge_seconds, coalesce(writes, 0) as writes, converge_seconds,
  ready, in_progress, writes_waiting, budget_remaining, budget_limit
from slot
left join done on done.at = slot.at
left join ended on ended.at = slot.at
left join merged on merged.at = slot.at
left join written on written.at = slot.at
left join sampled on sampled.at = slot.at
order by slot.at;

--- Repositories as projects, with what is going on in each.
--! projects : (last_synced_at?, last_error?, oldest_ready?)
select r.owner, r.name, r.enabled, r.archived, r.last_synced_at, r.last_error, r.open_pr_count,
  count(i.id) filter (where i.status = 'backlog') as backlog,
  count(i.id) filter (where i.status = 'ready') as ready,
  count(i.id) filter (where i.status = 'in-progress') as in_progress,
  count(i.id) filter (where i.status = 'in-review') as in_review,
  count(i.id) filter (where i.status = 'blocked') as blocked,
  count(i.id) filter (where i.status = 'done') as done,
  count(c.id) as claims,
  count(i.id) filter (where i.status = 'in-progress' and (c.id is null or c.expires_at <= dispatch_now())) as stale,
  count(i.id) filter (where not i.closed and (
    i.block_kind = 'needs_input' or i.attention is not null or w.quarantined_at is not null or m.state = 'parked')) as attention,
  min(w.ready_since) filter (where i.status = 'ready') as oldest_ready
from repository r
left join issue i on i.repository_id = r.id and not i.gone
  and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days')
left join work w on w.issue_id = i.id and w.kind = 'implement'
left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active'
left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state = 'parked'
where not r.gone and r.enabled
group by r.id
order by lower(r.owner || '/' || r.name);
