--: IssueRow(state_reason?, author?, author_association?, closed_at?, priority?, kind?, owner?, agent?, block_kind?, block_reason?, block_until?, attention?, claim_id?, claim_fence?, claim_agent?, claim_expires_at?, claim_resting?, claim_projected_agent?, claim_acquired_at?, mutation_id?, mutation_state?, mutation_origin?, mutation_intent?, mutation_version?, mutation_leased?, work_id?, work_ready_since?, work_attempts?, work_rank_key?, late_intent?, pull_request_id?)

--- Makes sure there is a row to lock. The snapshot that follows is newer than 'epoch'.
--! ensure_issue
insert into issue (id, repository_id, number, title, body, closed, url, assignees, comments, labels,
                   github_created_at, github_updated_at, status, status_since, lane)
select :id, r.id, :number, '', '', false, '', '{}', 0, '{}', 'epoch', 'epoch', 'backlog', 'epoch', 'default'
from repository r
where r.id = :repository_id
on conflict do nothing;

--- Everything that happens to an issue happens under this lock.
--! lock_issue
select id from issue where id = :id for update;

--- An issue with what hangs on it: its active claim, looked for as view `candidate` does, and its unfinished label
--- mutation.
--! load_issue : IssueRow
select dispatch_now() as now,
  i.id, i.repository_id, r.owner as repo_owner, r.name as repo_name, r.enabled, r.archived, r.labels_gone,
  i.number, i.title, i.body, i.closed, i.state_reason, i.url, i.author, i.author_association, i.assignees, i.comments,
  i.labels, i.github_created_at, i.github_updated_at, i.closed_at, i.gone,
  i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.problems, i.block_kind, i.block_reason, i.block_until, i.attention,
  i.reread_wanted, i.reread_settled, i.version, i.pull_request_id,
  c.id as claim_id, c.fence as claim_fence, c.agent as claim_agent, c.expires_at as claim_expires_at,
  c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, c.acquired_at as claim_acquired_at,
  m.id as mutation_id, m.state as mutation_state, m.origin as mutation_origin, m.intent as mutation_intent,
  m.desired_version as mutation_version,
  m.state = 'leased' and m.lease_until > dispatch_now() as mutation_leased,
  w.id as work_id, w.ready_since as work_ready_since, w.attempts_without_progress as work_attempts,
  w.rank_key as work_rank_key,
  coalesce((select name from lane where role = 'default'), 'default') as default_lane,
  exists (select from work f where f.issue_id = i.id and f.kind = 'fix') as has_fixes,
  exists (select from pull_request_issue l where l.issue_id = i.id) as has_pull_requests,
  exists (select from claim p where p.issue_id = i.id) as has_claims,
  -- People overtook it a moment ago: a write of ours that was under way may still land.
  (select l.intent from mutation l
   where m.id is null and l.issue_id = i.id and l.kind = 'labels' and l.state = 'superseded'
     and l.settled_at > dispatch_now() - interval '2 minutes'
   order by l.id desc limit 1) as late_intent
from issue i
join repository r on r.id = i.repository_id
left join lateral (
  select * from claim held
  where held.issue_id = i.id and held.exclusion_key = 'issue:' || i.id and case held.state when 'active' then true else false end
  limit 1
) c on true
left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked')
left join work w on w.issue_id = i.id and w.kind = 'implement'
where i.id = :id;

--! write_issue_facts (state_reason?, author?, author_association?, closed_at?)
update issue set
  repository_id = :repository_id, number = :number, title = :title, body = :body, closed = :closed,
  state_reason = :state_reason, url = :url, author = :author, author_association = :author_association,
  assignees = :assignees, comments = :comments, labels = :labels, github_created_at = :github_created_at,
  github_updated_at = :github_updated_at, closed_at = :closed_at, gone = :gone, seen_at = dispatch_now(),
  version = version + 1
where id = :id;

--- Writes what the domain read, and with it the issue's own work where `works` says that it has any. `rank_key` is given
--- without the bonus for what the work unblocks, which only the count of dependencies changes. How long an issue had its
--- status when it was first seen is not known: since GitHub told of it last, at the least.
--! write_reading (priority?, kind?, owner?, agent?, block_kind?, block_reason?, block_until?, attention?, ready_since?)
with own_work as (
  insert into work (kind, issue_id, exclusion_key, lane, offered, ready_since, rank_key)
  select 'implement', :id::bigint, 'issue:' || :id::bigint, :lane, :offered, :ready_since, :rank_key
  where :works::boolean
  on conflict (issue_id) where kind = 'implement' do update set
    lane = excluded.lane, offered = excluded.offered, ready_since = excluded.ready_since,
    rank_key = excluded.rank_key - make_interval(secs => work.bonus_seconds)
  where (work.lane, work.offered, work.ready_since, work.rank_key)
    is distinct from (excluded.lane, excluded.offered, excluded.ready_since,
      excluded.rank_key - make_interval(secs => work.bonus_seconds))
)
update issue set
  status_since = case when status_since = 'epoch' then github_updated_at when status <> :status then dispatch_now() else status_since end,
  status = :status, priority = :priority, kind = :kind, owner = :owner, agent = :agent, lane = :lane,
  problems = :problems, block_kind = :block_kind, block_reason = :block_reason,
  block_until = :block_until, attention = :attention
where id = :id;

--! want_reread
update issue set reread_wanted = reread_wanted + 1 where id = :id;

--- A read that began when the counter stood at `up_to` settles the doubts there were then.
--! settle_reread
update issue set reread_settled = greatest(reread_settled, :up_to) where id = :id and reread_settled < :up_to;

--! issue_gone
update issue set gone = true, reread_settled = reread_wanted, version = version + 1 where id = :id;

--- The label that the latest claim put there.
--! last_projected_agent : (projected_agent?)
select projected_agent from claim where issue_id = :id order by id desc limit 1;

--- It was shown by a read, whether or not it had changed.
--! touch_issue
update issue set seen_at = dispatch_now() where id = :id;

--! issue_by_number
select id, reread_wanted, version from issue where repository_id = :repository_id and number = :number and not gone;

--! want_reread_of_label
update issue set reread_wanted = reread_wanted + 1
where repository_id = :repository_id and not gone and not closed
  and exists (select from unnest(labels) l where lower(l) = lower(:label));

--! want_reread_of_number
update issue i set reread_wanted = reread_wanted + 1 from repository r
where i.number = :number and i.id <> :id and not i.gone and r.id = i.repository_id and r.github_id = :github_id;

--! issue_of_number
select id from issue where repository_id = :repository_id and number = :number and id <> :id and not gone;

--! known_of_issue
select reread_wanted, version from issue where id = :id;

--- What blocked them is over by the word of the agent that was blocked.
--! blocks_over
select id from issue where status = 'blocked' and block_until <= dispatch_now() and not closed and not gone
order by block_until limit :most;
