--: CandidateRow(author_association?, pull_request_id?, ready_since?, snoozed_until?, quarantined_at?, hidden_agent?, hidden_until?, priority?, agent?, claim_id?, claim_agent?, claim_expires_at?, claim_resting?, claim_projected_agent?)
--: ClaimRow(projected_agent?, note?, checkpoint?, checkpoint_at?, branch?, start_head_sha?, head_sha?, outcome?, end_reason?, ended_at?, pull_request_number?, pull_request_url?, summary?, evidence?, model?, tokens_in?, tokens_out?, cost_usd?, ended_by?, end_note?)

--- What is shut is told apart by `case`, of which the planner knows nothing. From `<> all` it would conclude that next to
--- nothing is left in a database with one lane, and then read and sort all of it instead of the first of an index.
--! candidates : CandidateRow
select '{}'::text[] as open_dependencies, c.*
from candidate c
where c.searched and (c.rank_key, c.work_id) > (:after_rank, :after_id)
  and case when c.lane = any (:shut_lanes::text[]) or c.repository_id = any (:shut_repositories::bigint[])
    then false else true end
order by c.rank_key, c.work_id
limit :most;

--! candidates_of_lane : CandidateRow
select '{}'::text[] as open_dependencies, c.*
from candidate c
where c.searched and c.lane = :lane and (c.rank_key, c.work_id) > (:after_rank, :after_id)
  and case when c.repository_id = any (:shut_repositories::bigint[]) then false else true end
order by c.rank_key, c.work_id
limit :most;

--- The work of issues, whatever its state: to claim exactly that, to look again under the lock, and to explain. A fix
--- goes first.
--! candidates_of_issues : CandidateRow
select array(
    select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o
    where o.issue_id = c.issue_id order by 1
  ) as open_dependencies, c.*
from candidate c
where c.issue_id = any (:issues::bigint[])
order by c.issue_id, c.kind, c.work_id;

--- Locks the first of these issues that nobody else has locked and that is as it was listed: whoever claims one gives it
--- another status.
--! lock_first_free
select i.id
from unnest(:issues::bigint[], :statuses::text[]) with ordinality as listed (id, status, place)
join issue i on i.id = listed.id and i.status = listed.status
order by listed.place
limit 1
for update of i skip locked;

--- The queue in its order, also what waits: to show it, to say why nothing was handed out, and what is ahead. No lanes
--- mean all.
--! queue : CandidateRow
select array(
    select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o
    where o.issue_id = c.issue_id order by 1
  ) as open_dependencies, c.*
from candidate c
where c.offered and (cardinality(:lanes::text[]) = 0 or c.lane = any (:lanes::text[]))
order by c.rank_key, c.work_id
limit :most;

--- The same up to one piece of work: what is ahead of it in its lane.
--! queue_ahead : CandidateRow
select '{}'::text[] as open_dependencies, c.*
from candidate c
where c.searched and c.lane = :lane
  and (c.rank_key, c.work_id) < (:rank, :id)
order by c.rank_key, c.work_id
limit :most;

--- Open work that is not offered: only read to say why nothing was handed out.
--! candidates_held_back : CandidateRow
select array(
    select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o
    where o.issue_id = c.issue_id order by 1
  ) as open_dependencies, c.*
from candidate c
where c.issue_id = any (array(
    select i.id from issue i where not i.closed and not i.gone and i.status <> 'ready' order by i.id limit :most))
  and not c.offered and (cardinality(:lanes::text[]) = 0 or c.lane = any (:lanes::text[]));

--- What lets not everything pass: lanes, repositories, and what is set for an agent. Counted where there is a limit.
--! rules : RuleRow(wip_limit?, review_limit?)
select 'lane' as scope, l.name, 0::bigint as id, l.claimable, l.paused, l.wip_limit, null::integer as review_limit,
  '{}'::text[] as excluded_labels, '{}'::text[] as lanes,
  case when l.wip_limit is null then 0
    else (select count(*) from claim c where c.lane = l.name and c.state = 'active') end as held,
  0::bigint as in_review
from lane l
where not l.claimable or l.paused or l.wip_limit is not null
union all
select 'repository', '', r.id, r.enabled and not r.archived and not r.gone, false, r.wip_limit, r.review_limit,
  r.excluded_labels, '{}',
  case when coalesce(r.wip_limit, r.review_limit) is null then 0
    else (select count(*) from claim c where c.repository_id = r.id and c.state = 'active') end,
  case when r.review_limit is null then 0
    else (select count(*) from issue i where i.repository_id = r.id and i.status = 'in-review' and not i.gone) end
from repository r
where r.wip_limit is not null or r.review_limit is not null or r.excluded_labels <> '{}'
  or not r.enabled or r.archived or r.gone
union all
select 'agent', a.name, 0, true, false, a.capacity, null, '{}', a.lanes,
  case when a.capacity is null then 0
    else (select count(*) from claim c where c.agent = a.name and c.state = (select 'active')) end,
  0
from agent a where a.name = :agent;

--- What has to be known before anybody searches: what the agent has in hand already, and what has to be done before:
--- leases that ran out, and counts that are due. A state that the planner does not know keeps it from the indexes of
--- active claims alone: while statistics know of few, one is as good to it as another, and it may read all of them.
--! before_search
select dispatch_now() as now,
  coalesce((select min(expires_at) from claim where state = (select 'active')) <= dispatch_now(), false) as expired,
  exists (select from dependency_change) as unsettled,
  coalesce(array_agg(own.id order by own.id), '{}') as own_claims,
  coalesce(array_agg(own.issue_id order by own.id), '{}') as own_issues
from claim own
where own.agent = :agent and own.state = (select 'active');

--- Takes a place among those who wait for work. No row: there are too many. An agent has one place, and its own is
--- always free for it.
--! take_wait
insert into claim_wait (agent, until)
select :agent, dispatch_now() + make_interval(secs => :seconds)
where (select count(*) from claim_wait w where w.until > dispatch_now() and w.agent <> :agent) < :most::bigint
on conflict (agent) do update set until = excluded.until;

--! leave_wait
delete from claim_wait where agent = :agent;

--! prune_waits
delete from claim_wait where until < dispatch_now() - interval '1 minute';

--- The locks of the limits. They are taken last and in this order, and whoever has one counts by a later statement.
--! lock_lane_limit
select name from lane where name = :lane and wip_limit is not null for no key update;

--! lock_repository_limit
select id from repository where id = :repository_id and (wip_limit is not null or review_limit is not null)
for no key update;

--! lock_agent_limit
select name from agent where name = :agent and capacity is not null for no key update;

--- Makes a claim and begins its run. The issue's status is the one before. No row: the key is taken.
--! insert_claim (repository_id?, projected_agent?, branch?, start_head_sha?) : ClaimRow
with c as (
  insert into claim (work_id, issue_id, repository_id, exclusion_key, kind, agent, lane, attempt, acquired_at, renewed_at,
    expires_at, resting_status, projected_agent, branch, start_head_sha, correlation_id)
  values (:work_id, :issue_id, :repository_id, :exclusion_key, :kind, :agent, :lane,
    (select count(*)::integer + 1 from claim p where p.work_id = :work_id),
    dispatch_now(), dispatch_now(), :expires_at, :resting_status, :projected_agent, :branch,
    -- Where the last attempt stopped: only what is beyond that is progress.
    coalesce(:start_head_sha, (select p.head_sha from claim p where p.work_id = :work_id order by p.id desc limit 1)),
    :correlation_id)
  on conflict (exclusion_key) where state = 'active' do nothing
  returning *
), run as (
  insert into agent_run (agent, run_type, status, started_at, touched_issue_urls, claim_id, created_at)
  select agent, kind, 'running', acquired_at, array[:url], id, dispatch_now() from c
)
select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt,
  c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint,
  c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number,
  c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd,
  c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number
from c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id;

--- The same agent asks again without its answer: the hand-out gets a new fence, and whoever holds the old one is out.
--! resume_claim
update claim set fence = nextval('claim_fence'), renewed_at = dispatch_now(), expires_at = :expires_at
where id = :id and agent = :agent and state = 'active'
returning fence;

--! claim_by_id : ClaimRow
select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt,
  c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint,
  c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number,
  c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd,
  c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number
from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id
where c.id = :id;

--! claims_of_agent : ClaimRow
select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt,
  c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint,
  c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number,
  c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd,
  c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number
from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id
where (:agent::text = '' or c.agent = :agent) and (:state::text = '' or c.state = :state) and c.id < :before
order by c.id desc limit :most;

--- Earlier attempts at the same issue, newest first: what the next holder should know.
--! attempts_of_issue : ClaimRow
select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt,
  c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint,
  c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number,
  c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd,
  c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number
from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id
where c.issue_id = :issue_id and c.id <> :except
order by c.id desc limit :most;

--! renew_claim
update claim set renewed_at = dispatch_now(), expires_at = greatest(expires_at, :expires_at)
where id = :id and fence = :fence and state = 'active';

--! checkpoint_claim (phase?, note?, checkpoint?, branch?, head_sha?)
with told as (
  update claim set
    renewed_at = dispatch_now(), expires_at = greatest(expires_at, :expires_at),
    phase = coalesce(:phase, phase), note = coalesce(:note, note), checkpoint = coalesce(:checkpoint, checkpoint),
    branch = coalesce(:branch, branch), head_sha = coalesce(:head_sha, head_sha), checkpoint_at = dispatch_now()
  where id = :id and fence = :fence and state = 'active'
  returning id, checkpoint_at, phase, branch, head_sha
)
insert into checkpoint (claim_id, at, phase, note, branch, head_sha)
select id, checkpoint_at, phase, :note, branch, head_sha from told;

--- Ends a claim whose lease has run out. No row: its holder was heard of, or somebody else ended it.
--! expire_claim
update claim set state = 'ended', end_reason = :reason, ended_at = dispatch_now()
where id = :id and state = 'active' and expires_at <= dispatch_now();

--- Ends an active claim because of a fact, whatever its fence is by now.
--! stop_claim (end_note?)
update claim set state = 'ended', end_reason = :reason, ended_at = dispatch_now(), ended_by = :ended_by,
  end_note = :end_note
where id = :id and state = 'active';

--- Ends an active claim on its holder's word. No row: the fence is stale, or somebody else ended it first.
--! end_claim
update claim set state = 'ended', end_reason = :reason, ended_at = dispatch_now()
where id = :id and fence = :fence and state = 'active';

--! write_outcome (outcome?, pull_request_number?, pull_request_url?, head_sha?, summary?, evidence?, model?, tokens_in?, tokens_out?, cost_usd?)
update claim set
  outcome = :outcome, pull_request_number = :pull_request_number, pull_request_url = :pull_request_url,
  head_sha = coalesce(:head_sha, head_sha), summary = :summary, evidence = :evidence, model = :model,
  tokens_in = :tokens_in, tokens_out = :tokens_out, cost_usd = :cost_usd
where id = :id;

--- A claim that only the clock ended may be taken up again while nobody else had the work since.
--! revive_claim
update claim c set state = 'active', end_reason = null, ended_at = null, renewed_at = dispatch_now(), expires_at = :expires_at
where c.id = :id and c.fence = :fence and c.state = 'ended' and c.end_reason = 'expired'
  and not exists (select from claim n where n.exclusion_key = c.exclusion_key and n.id > c.id);

--! expired_claims
select id, issue_id from claim
where state = 'active' and expires_at <= dispatch_now()
order by expires_at
limit :most;

--- An operator may have put it aside for longer.
--! set_aside_work (snoozed_until?, hidden_agent?, hidden_until?)
update work set
  attempts_without_progress = :attempts, snoozed_until = greatest(snoozed_until, :snoozed_until),
  hidden_agent = :hidden_agent, hidden_until = :hidden_until,
  quarantined_at = case when :quarantine then coalesce(quarantined_at, dispatch_now()) end
where id = :id;

--- Forgets what held an issue's work back: fruitless attempts, a quarantine, a pause, an agent that gave it back.
--! lift_work
update work set attempts_without_progress = 0, snoozed_until = null, quarantined_at = null, hidden_agent = null,
  hidden_until = null
where issue_id = :issue_id;

--! snooze_work (until?)
update work set snoozed_until = :until where issue_id = :issue_id;

--! hide_work
update work set hidden_agent = :agent, hidden_until = :until where id = :id;

--! file_stale_report
insert into stale_report (claim_id, fence, verb, body, received_at)
values (:claim_id, :fence, :verb, :body, dispatch_now());

--! remember_key
insert into idempotency_key (principal, route, key, body_sha256, created_at)
values (:principal, :route, :key, :body_sha256, dispatch_now())
on conflict do nothing;

--! recall_key : (claim_id?, fence?, reference?)
select body_sha256, claim_id, fence, reference from idempotency_key
where principal = :principal and route = :route and key = :key;

--! refer_key
update idempotency_key set reference = :reference where principal = :principal and route = :route and key = :key;

--! answer_key
update idempotency_key set claim_id = :claim_id,
  fence = (select fence from claim where id = :claim_id)
where principal = :principal and route = :route and key = :key;

--! prune_keys
delete from idempotency_key where (principal, route, key) in (
  select principal, route, key from idempotency_key
  where created_at < dispatch_now() - interval '24 hours' limit 5000
);

--- Deriving the agent's run from its claim: one row, kept current.
--! record_run (finished_at?, summary?)
insert into agent_run (agent, run_type, status, started_at, finished_at, summary, touched_issue_urls, claim_id, created_at)
select c.agent, c.kind, :status, c.acquired_at, :finished_at, :summary, array[i.url], c.id, dispatch_now()
from claim c join issue i on i.id = c.issue_id where c.id = :claim_id
on conflict (claim_id) do update set status = excluded.status, finished_at = excluded.finished_at,
  summary = excluded.summary;

--! attempts_at_work
select attempts_without_progress from work where id = :id;
