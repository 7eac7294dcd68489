--: CardRow(author_association?, priority?, kind?, owner?, agent?, block_kind?, block_reason?, block_until?, attention?, closed_at?, pull_request_id?, ready_since?, rank_key?, waits_for?, unblocks?, snoozed_until?, quarantined_at?, hidden_agent?, hidden_until?, work_kind?, claim_id?, claim_agent?, claim_acquired_at?, claim_expires_at?, claim_phase?, claim_attempt?, claim_resting?, claim_projected_agent?, mutation_id?, mutation_state?, mutation_since?, mutation_attempts?, mutation_retry_at?, mutation_error?, mutation_intent?)

--- Every card of the board. Done shows two weeks.
--! board_cards : CardRow
select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone,
  i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since,
  i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at,
  coalesce(r.intake, (select policy from intake)) as intake, i.author_association,
  case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a
    where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved,
  w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind,
  c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at,
  c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting,
  c.projected_agent as claim_projected_agent,
  m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts,
  m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent
from issue i
join repository r on r.id = i.repository_id
left join work w on w.issue_id = i.id and w.kind = 'implement'
left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active'
left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked')
where not i.gone and r.enabled and not r.gone
  and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days')
order by i.github_updated_at desc, i.id
limit :most;

--! cards_by_id : CardRow
select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone,
  i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since,
  i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at,
  coalesce(r.intake, (select policy from intake)) as intake, i.author_association,
  case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a
    where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved,
  w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind,
  c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at,
  c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting,
  c.projected_agent as claim_projected_agent,
  m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts,
  m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent
from issue i
join repository r on r.id = i.repository_id
left join work w on w.issue_id = i.id and w.kind = 'implement'
left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active'
left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked')
where i.id = any (:ids::bigint[]);

--! find_cards (repository?, agent?, owner?, project?, priority?, status?, lane?, words?, number?) : CardRow
select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone,
  i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since,
  i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at,
  coalesce(r.intake, (select policy from intake)) as intake, i.author_association,
  case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a
    where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved,
  w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind,
  c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at,
  c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting,
  c.projected_agent as claim_projected_agent,
  m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts,
  m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent
from issue i
join repository r on r.id = i.repository_id
left join work w on w.issue_id = i.id and w.kind = 'implement'
left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active'
left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked')
where not i.gone and r.enabled and not r.gone
  and (:repository::text is null or lower(r.owner || '/' || r.name) = lower(:repository))
  and (:agent::text is null or lower(i.agent) = lower(:agent))
  and (:owner::text is null or lower(i.owner) = lower(:owner))
  and (:project::text is null or exists (select from unnest(i.labels) l where lower(l) = 'project/' || lower(:project)))
  and (:priority::text is null or i.priority = lower(:priority))
  and (:status::text is null or i.status = :status)
  and (:lane::text is null or i.lane = lower(:lane))
  and (:words::text is null or strpos(lower(i.title || ' #' || i.number), lower(:words)) > 0)
  and (:number::integer is null or i.number = :number)
  and (not i.closed or :status = 'done' or :number is not null)
  and i.id > :after_id
order by i.id
limit :most;

--! issue_text : (author?, author_association?, closed_at?, state_reason?)
select body, encode(issue_text_sha256(title, body), 'hex') as text_sha256, author, author_association, assignees, github_created_at, closed_at, state_reason from issue where id = :id;
