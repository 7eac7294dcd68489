--- Everything that waits for a person, the oldest of each kind first. `reference` names what the action acts on: a
--- mutation, a delivery or a repository, or the text that is approved, by its hash.
--! attention : (issue_id?, repository?, number?, title?, url?, at?, message?, reference?)
select kind, at, issue_id, repository, number, title, url, message, reference from (
  select 'needs_input' as kind, 1 as rank, i.github_updated_at as at, i.id as issue_id,
    r.owner || '/' || r.name as repository, i.number, i.title, i.url, i.block_reason as message, null as reference
  from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
  where i.status = 'blocked' and i.block_kind = 'needs_input' and not i.closed and not i.gone
  union all
  select 'result', 2, i.github_updated_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, i.attention, null
  from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
  where i.attention is not null and i.status <> 'blocked' and not i.closed and not i.gone
  union all
  select 'quarantined', 3, w.quarantined_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url,
    w.attempts_without_progress || ' attempts in a row led to nothing.', null
  from work w join issue i on i.id = w.issue_id and not i.closed and not i.gone
  join repository r on r.id = i.repository_id and r.enabled and not r.gone
  where w.quarantined_at is not null
  union all
  select case when m.last_error like 'contested%' then 'contested' else 'write_failed' end, 4, m.created_at, i.id,
    r.owner || '/' || r.name, i.number, i.title, i.url, m.last_error, m.id::text
  from mutation m join issue i on i.id = m.issue_id join repository r on r.id = i.repository_id and r.enabled and not r.gone
  where m.state = 'parked'
  union all
  select 'unheld', 5, i.status_since, i.id, r.owner || '/' || r.name, i.number, i.title, i.url,
    'In progress, and no agent holds it.', null
  from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
  where i.status = 'in-progress' and not i.closed and not i.gone
    and i.status_since < dispatch_now() - interval '15 minutes'
    and not exists (
      select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now())
  union all
  select 'review_overdue', 6, i.status_since, i.id, r.owner || '/' || r.name, i.number, i.title,
    coalesce((
      select p.url from pull_request_issue l join pull_request p on p.id = l.pull_request_id and p.state = 'open'
      where l.issue_id = i.id order by p.id limit 1), i.url),
    'In review for long.', null
  from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
  where i.status = 'in-review' and i.attention is null and not i.closed and not i.gone
    and i.status_since < dispatch_now() - :review_hours::integer * interval '1 hour'
  union all
  select 'untrusted', 7, i.github_updated_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url,
    'Agents do not get it before somebody approves what ' || coalesce(i.author, 'an unknown account') || ' wrote.',
    encode(issue_text_sha256(i.title, i.body), 'hex')
  from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone
  where exists (select from work w where w.issue_id = i.id and w.offered) and not i.closed and not i.gone
    and coalesce(r.intake, (select policy from intake)) = 'trusted'
    and coalesce(i.author_association, '') <> all (:writers::text[])
    and not exists (
      select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body))
  union all
  select 'sync_failed', 8, r.last_synced_at, null, r.owner || '/' || r.name, null, null, null, r.last_error,
    r.owner || '/' || r.name
  from repository r where r.last_error is not null and r.enabled and not r.gone
  union all
  select 'delivery_failed', 9, d.received_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url,
    d.event || ': ' || d.reason, d.guid
  from delivery d left join issue i on i.id = d.issue_id left join repository r on r.id = d.repository_id
  where d.outcome = 'failed' and d.retry_at is null
  union all
  select 'delivery_missing', 10, min(m.delivered_at), null, r.owner || '/' || r.name, null, null, null,
    'GitHub sent webhooks that never came: ' || count(*) || '. They are asked for again by themselves.'
      || coalesce(' Last answer: ' || max(m.last_error), ''), coalesce(r.owner || '/' || r.name, '')
  from missing_delivery m left join repository r on r.id = m.repository_id
  where m.state = 'missing' and not exists (select from delivery d where d.guid = m.guid)
  group by r.owner, r.name
) everything
order by rank, at nulls first, issue_id
limit :most;
