--: HookRow(repository_id?, owner?, name?, hook_id?, url?, last_code?, last_success_at?, checked_at?, compared_until?, etag?)

--- The App's webhook and one row for each repository that is tracked, whether or not anybody has looked at it.
--! hooks : HookRow
select h.id, h.repository_id, r.owner, r.name, h.hook_id, h.state, h.problems, h.url, h.events, h.active, h.has_secret,
  h.last_code, h.last_success_at, h.checked_at, h.repair_wanted, h.compared_until, h.etag,
  coalesce(h.checked_at < dispatch_now() - case h.state when 'ok' then interval '1 hour' else interval '10 minutes' end, true)
    or h.repair_wanted as check_due,
  h.comparing_at is not null or coalesce(h.compared_until < dispatch_now() - interval '4 minutes', true) as compare_due,
  (select count(*) from missing_delivery m where m.hook_id = h.id and m.state = 'missing'
     and not exists (select from delivery d where d.guid = m.guid)) as missing
from hook h left join repository r on r.id = h.repository_id
where h.repository_id is null or (r.enabled and not r.gone)
order by h.repository_id is not null, lower(r.owner || '/' || r.name);

--- Makes sure that there is a row, the App's with 0.
--! ensure_hook
insert into hook (repository_id, state) values (nullif(:repository_id::bigint, 0), 'unknown')
on conflict (coalesce(repository_id, 0)) do nothing;

--- Rows of repositories whose events the App's webhook brings, and the other way round.
--! forget_hooks
delete from hook where (repository_id is null) <> :of_app::boolean
  and (:of_app or repository_id is null);

--! want_repair
update hook h set repair_wanted = true
where :repository_id::bigint = 0 or h.repository_id = :repository_id::bigint or h.repository_id is null;

--! write_hook (hook_id?, url?, last_code?)
update hook set
  hook_id = :hook_id, state = :state, problems = :problems, url = :url, events = :events, active = :active,
  has_secret = :has_secret, last_code = :last_code,
  last_success_at = case when :last_code between 200 and 299 then dispatch_now() else last_success_at end,
  checked_at = dispatch_now(), repair_wanted = repair_wanted and :repair_wanted::boolean
where id = :id;

--- Where the comparison of deliveries goes on, or begins: three days back, which is what GitHub keeps, but not before
--- the first delivery that we have at all.
--! comparison : (comparing_until?, comparing_at?)
select comparing_until, comparing_at, dispatch_now() as now,
  greatest(
    dispatch_now() - interval '72 hours',
    coalesce(compared_until - interval '10 minutes', (select min(received_at) from delivery), dispatch_now())
  )::timestamptz as since
from hook where id = :id;

--- How GitHub's latest delivery ended.
--! latest_delivery
update hook set
  last_code = :code,
  last_success_at = case when :code between 200 and 299 then :at else last_success_at end
where id = :id;

--! compare_on (comparing_until?, comparing_at?)
update hook set comparing_until = :comparing_until, comparing_at = :comparing_at where id = :id;

--! compared (etag?)
update hook set compared_until = greatest(compared_until, :until), comparing_until = null, comparing_at = null, etag = :etag
where id = :id;

--- What GitHub lists and we have not got. A repository that is not tracked misses nothing.
--! note_missing
insert into missing_delivery (guid, hook_id, delivery_id, event, action, repository_id, delivered_at, status, retry_at, noticed_at)
select listed.guid, :hook_id, listed.delivery_id, listed.event, nullif(listed.action, ''), r.id, listed.delivered_at,
  listed.status, dispatch_now(), dispatch_now()
from unnest(:guids::text[], :delivery_ids::bigint[], :events::text[], :actions::text[], :repositories::bigint[],
            :times::timestamptz[], :statuses::text[])
  as listed (guid, delivery_id, event, action, github_repository, delivered_at, status)
left join repository r on r.github_id = listed.github_repository
where listed.event = any(:wanted::text[])
  and (listed.github_repository = 0 or (r.enabled and not r.gone))
  and not exists (select from delivery d where d.guid = listed.guid)
on conflict (guid) do nothing;

--- Those that have come since.
--! settle_recovered
update missing_delivery m set state = 'recovered', settled_at = dispatch_now()
where m.state = 'missing' and exists (select from delivery d where d.guid = m.guid);

--! due_missing : (hook_github_id?, owner?, name?)
select m.guid, m.delivery_id, m.event, m.delivered_at, m.attempts, h.hook_id as hook_github_id, hr.owner, hr.name,
  dispatch_now() as now
from missing_delivery m join hook h on h.id = m.hook_id left join repository hr on hr.id = h.repository_id
where m.state = 'missing' and m.retry_at <= dispatch_now()
order by m.delivered_at, m.guid
limit :most;

--! asked_again (last_error?)
update missing_delivery set attempts = attempts + 1, retry_at = :retry_at, last_error = :last_error
where guid = :guid and state = 'missing';

--- It cannot be had any more: what changed in its repository since is read again.
--! give_up_missing
update missing_delivery set state = 'reread', settled_at = dispatch_now(), last_error = :last_error
where guid = :guid and state = 'missing'
returning coalesce(repository_id, 0) as repository_id, delivered_at;

--! sync_again_from
update repository set
  sync_cursor = least(sync_cursor, :from::timestamptz - interval '1 minute'), issues_etag = null
where :id::bigint in (0, id) and enabled and not gone and sync_cursor is not null;

--! prune_missing
delete from missing_delivery where guid in (
  select guid from missing_delivery where noticed_at < dispatch_now() - :days::integer * interval '1 day' limit 5000
);
