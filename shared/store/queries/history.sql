--- What the issue page shows beyond the card.
--! issue_facts : (author?, author_association?, closed_at?, state_reason?, attempts_without_progress?, snoozed_until?, quarantined_at?, hidden_agent?, hidden_until?)
select i.body, encode(issue_text_sha256(i.title, i.body), 'hex') as text_sha256, i.author, i.author_association, i.assignees, i.github_created_at, i.closed_at, i.state_reason,
  i.seen_at, i.reread_wanted > i.reread_settled as reread_wanted,
  w.attempts_without_progress, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until
from issue i left join work w on w.issue_id = i.id and w.kind = 'implement'
where i.id = :id;

--- What happened to an issue, newest first: its audit events, the deliveries about it and about its pull requests, the
--- checkpoints and late reports of its claims, and its writes. A page ends between two moments, so that nothing that
--- happened in one transaction is torn apart. In such a moment the delivery is the cause, what is written the effect.
--! timeline : (actor_kind?, actor?, message?, before?, after?)
select at, id, what, actor_kind, actor, correlations, success, message, before, after
from (
  select * from (
    select a.at, case when a.action like 'write.%' then 5 else 2 end as rank, a.id as serial, 'audit-' || a.id as id, a.action as what, a.actor_kind, a.actor,
      array_remove(array[a.correlation_id], null) as correlations, a.success, coalesce(a.error, a.notes) as message,
      a.before, a.after
    from audit_event a where a.issue_id = :issue_id
    union all
    select d.received_at, 1, 0, 'delivery-' || d.guid, 'delivery.' || d.outcome, 'github', null, array[d.guid],
      d.outcome in ('applied', 'ignored'), d.reason,
      null, jsonb_build_object('event', d.event, 'action', d.action, 'pullRequest', d.pull_request_number)
    from delivery d
    where d.issue_id = :issue_id
      or (d.repository_id, d.pull_request_number) in (
        select p.repository_id, p.number from pull_request_issue l join pull_request p on p.id = l.pull_request_id
        where l.issue_id = :issue_id
      )
    union all
    select k.at, 3, k.id, 'checkpoint-' || k.id, 'claim.checkpoint', 'agent', c.agent, '{}', true, k.note, null,
      jsonb_build_object('claim', c.id::text, 'phase', k.phase, 'branch', k.branch, 'headSha', k.head_sha)
    from checkpoint k join claim c on c.id = k.claim_id where c.issue_id = :issue_id
    union all
    select s.received_at, 3, s.id, 'report-' || s.id, 'claim.report_refused', 'agent', c.agent, '{}', false,
      'It came too late: the claim was no longer held under this fence.', null,
      jsonb_build_object('claim', c.id::text, 'verb', s.verb, 'fence', s.fence)
    from stale_report s join claim c on c.id = s.claim_id where c.issue_id = :issue_id
    union all
    select m.created_at, 4, m.id, 'write-' || m.id || '-wanted', case m.kind when 'comment' then 'comment.wanted' else 'write.wanted' end, null, m.wanted_by, m.correlations, true,
      case when m.settled_at is null then m.last_error end, m.intent -> 'base',
      jsonb_build_object('mutation', m.id::text, 'origin', m.origin, 'state', m.state, 'desired', m.intent -> 'desired')
    from mutation m where m.issue_id = :issue_id
    union all
    select m.settled_at, 6, m.id, 'write-' || m.id || '-settled', case m.kind when 'comment' then 'comment.' else 'write.' end || m.state, 'github', null, m.correlations,
      m.state = 'applied', m.last_error, null,
      jsonb_build_object('mutation', m.id::text, 'desired', m.intent -> 'desired', 'attempts', m.attempts)
    from mutation m where m.issue_id = :issue_id and m.settled_at is not null
  ) everything
  where at < :before_at
  order by at desc
  fetch first (:most) rows with ties
) page
order by at desc, rank desc, serial desc, id desc;
