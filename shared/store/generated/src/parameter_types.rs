// This file was generated with `cargo xtask codegen`. Do not modify.

//! The parameter types of every statement, for statements that travel unnamed.

use postgres_types::Type;

/// The types of a statement's parameters, or `None` for a text that is not one of ours.
pub fn parameter_types(sql: &str) -> Option<&'static [Type]> {
    let found = STATEMENTS.binary_search_by(|(text, _)| text.cmp(&sql)).ok()?;
    STATEMENTS.get(found).map(|(_, types)| *types)
}

// Sorted by text.
static STATEMENTS: &[(&str, &[Type])] = &[
    ("delete from agent where name = $1", &[Type::TEXT]),
    (
        "delete from audit_event where id in ( select id from audit_event where at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        &[Type::INT4],
    ),
    (
        "delete from check_run c where id in ( select o.id from check_run o where o.seen_at < dispatch_now() - $1::integer * interval '1 day' and not exists ( select from pull_request p where p.repository_id = o.repository_id and p.head_sha = o.head_sha and p.state = 'open') limit 5000 )",
        &[Type::INT4],
    ),
    (
        "delete from check_run where repository_id = $1 and head_sha = $2 and not (id = any ($3::bigint[]))",
        &[Type::INT8, Type::TEXT, Type::INT8_ARRAY],
    ),
    (
        "delete from checkpoint where id in ( select id from checkpoint where at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        &[Type::INT4],
    ),
    ("delete from claim_wait where agent = $1", &[Type::TEXT]),
    ("delete from claim_wait where until < dispatch_now() - interval '1 minute'", &[]),
    (
        "delete from commit_status s where (repository_id, sha, context) in ( select o.repository_id, o.sha, o.context from commit_status o where o.seen_at < dispatch_now() - $1::integer * interval '1 day' and not exists ( select from pull_request p where p.repository_id = o.repository_id and p.head_sha = o.sha and p.state = 'open') limit 5000 )",
        &[Type::INT4],
    ),
    (
        "delete from delivery where guid in ( select guid from delivery where received_at < dispatch_now() - $1::integer * interval '1 day' limit 500 )",
        &[Type::INT4],
    ),
    (
        "delete from dependency_change where id in (select id from dependency_change order by id limit $1) returning issue_id",
        &[Type::INT8],
    ),
    (
        "delete from drift where id in ( select id from drift where at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        &[Type::INT4],
    ),
    (
        "delete from hook where (repository_id is null) <> $1::boolean and ($1 or repository_id is null)",
        &[Type::BOOL],
    ),
    (
        "delete from idempotency_key where (principal, route, key) in ( select principal, route, key from idempotency_key where created_at < dispatch_now() - interval '24 hours' limit 5000 )",
        &[],
    ),
    (
        "delete from issue_dependency d where d.issue_id = $1 and d.relation = $2 and d.source = 'native' and (d.target_id = $3 or lower(d.target_owner || '/' || d.target_name) = lower($4::text || '/' || $5::text) and d.target_number = $6)",
        &[Type::INT8, Type::TEXT, Type::INT8, Type::TEXT, Type::TEXT, Type::INT4],
    ),
    ("delete from lane where name = $1", &[Type::TEXT]),
    (
        "delete from missing_delivery where guid in ( select guid from missing_delivery where noticed_at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        &[Type::INT4],
    ),
    (
        "delete from mutation where id in ( select id from mutation where state in ('applied', 'superseded') and created_at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        &[Type::INT4],
    ),
    (
        "delete from sample where at in ( select at from sample where at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        &[Type::INT4],
    ),
    ("delete from sign_in_failure where bucket = $1", &[Type::TEXT]),
    ("delete from sign_in_failure where since < dispatch_now() - interval '1 day'", &[]),
    (
        "delete from stale_report where id in ( select id from stale_report where received_at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        &[Type::INT4],
    ),
    (
        "delete from sync_run where id in ( select id from sync_run where state = 'finished' and finished_at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        &[Type::INT4],
    ),
    (
        "insert into agent (name, registered_at, registered_by) values ($1, dispatch_now(), $2) on conflict (name) do update set registered_at = excluded.registered_at, registered_by = excluded.registered_by where agent.registered_at is null returning name",
        &[Type::TEXT, Type::TEXT],
    ),
    (
        "insert into agent_request as known (agent, window_number, taken) values ($1, $2, $3) on conflict (agent) do update set window_number = greatest(known.window_number, excluded.window_number), taken = case when known.window_number < excluded.window_number then 0 else known.taken end + excluded.taken returning taken",
        &[Type::TEXT, Type::INT8, Type::INT4],
    ),
    (
        "insert into agent_run (agent, run_type, status, started_at, finished_at, summary, error_message, notes, touched_issue_urls, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, dispatch_now()) returning id",
        &[
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT_ARRAY,
        ],
    ),
    (
        "insert into agent_run (agent, run_type, status, started_at, finished_at, summary, touched_issue_urls, claim_id, created_at) select c.agent, c.kind, $1, c.acquired_at, $2, $3, array[i.url], c.id, dispatch_now() from claim c join issue i on i.id = c.issue_id where c.id = $4 on conflict (claim_id) do update set status = excluded.status, finished_at = excluded.finished_at, summary = excluded.summary",
        &[Type::TEXT, Type::TIMESTAMPTZ, Type::TEXT, Type::INT8],
    ),
    (
        "insert into agent_token (sha256, hint, description, tier, agent, created_by, created_at) values ($1, $2, $3, $4, $5, $6, dispatch_now()) returning id",
        &[Type::BYTEA, Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT],
    ),
    (
        "insert into audit_event (at, actor_kind, actor, action, repository, issue_number, issue_id, before, after, success, error, notes, correlation_id) values (dispatch_now(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &[
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::INT4,
            Type::INT8,
            Type::JSONB,
            Type::JSONB,
            Type::BOOL,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
        ],
    ),
    (
        "insert into change (entity, id) select 'issue', id from issue where not closed and not gone and ($1::bigint = 0 or repository_id = $1) on conflict do nothing",
        &[Type::INT8],
    ),
    (
        "insert into check_run (id, repository_id, head_sha, suite_id, app, name, status, conclusion, title, summary, url, started_at, completed_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, dispatch_now()) on conflict (id) do update set suite_id = excluded.suite_id, app = excluded.app, name = excluded.name, status = excluded.status, conclusion = excluded.conclusion, title = excluded.title, summary = excluded.summary, url = excluded.url, started_at = excluded.started_at, completed_at = excluded.completed_at, seen_at = excluded.seen_at",
        &[
            Type::INT8,
            Type::INT8,
            Type::TEXT,
            Type::INT8,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
        ],
    ),
    (
        "insert into claim_wait (agent, until) select $1, dispatch_now() + make_interval(secs => $2) where (select count(*) from claim_wait w where w.until > dispatch_now() and w.agent <> $1) < $3::bigint on conflict (agent) do update set until = excluded.until",
        &[Type::TEXT, Type::FLOAT8, Type::INT8],
    ),
    (
        "insert into commit_status as known (repository_id, sha, context, id, state, description, url, github_updated_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, dispatch_now()) on conflict (repository_id, sha, context) do update set id = excluded.id, state = excluded.state, description = excluded.description, url = excluded.url, github_updated_at = excluded.github_updated_at, seen_at = excluded.seen_at where known.id < excluded.id",
        &[
            Type::INT8,
            Type::TEXT,
            Type::TEXT,
            Type::INT8,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TIMESTAMPTZ,
        ],
    ),
    (
        "insert into delivery (guid, event, action, payload, received_at) values ($1, $2, $3, $4, dispatch_now()) on conflict (guid) do nothing",
        &[Type::TEXT, Type::TEXT, Type::TEXT, Type::BYTEA],
    ),
    (
        "insert into drift (at, repository_id, issue_id, what, before, after, cause) values (dispatch_now(), $1, $2, $3, $4, $5, case when exists ( select from mutation m where m.issue_id = $2 and m.created_at <= $6::timestamptz + interval '2 seconds' and coalesce(m.settled_at, 'infinity') >= $6::timestamptz - interval '2 seconds' and m.writes > 0 ) then 'edit_during_write' when exists ( select from delivery d where d.issue_id = $2 and d.received_at >= $6::timestamptz - interval '1 second' and d.outcome <> 'ignored' ) then 'own_bug' else 'missed_event' end)",
        &[Type::INT8, Type::INT8, Type::TEXT, Type::JSONB, Type::JSONB, Type::TIMESTAMPTZ],
    ),
    (
        "insert into evidence as known (pull_request_id, key, kind, title, detail, url, author, occurred_at, seen_at) select $1, w.key, w.kind, w.title, w.detail, w.url, w.author, w.occurred_at, dispatch_now() from jsonb_to_recordset($2::jsonb) as w (key text, kind text, title text, detail text, url text, author text, occurred_at timestamptz) on conflict (pull_request_id, key) do update set title = excluded.title, detail = excluded.detail, url = excluded.url, withdrawn_at = null, seen_at = case when known.withdrawn_at is null then known.seen_at else excluded.seen_at end where known.consumed_at is null and (known.withdrawn_at is not null or (known.title, known.detail) is distinct from (excluded.title, excluded.detail))",
        &[Type::INT8, Type::JSONB],
    ),
    (
        "insert into github_budget (credential, \"limit\", remaining, reset_at, seen_at) values ($1, 0, 0, dispatch_now(), dispatch_now()) on conflict (credential) do update set credential = excluded.credential returning strikes, dispatch_now()::timestamptz as now",
        &[Type::TEXT],
    ),
    (
        "insert into github_budget as known (credential, \"limit\", remaining, reset_at, seen_at) values ($1, $2, $3, $4, dispatch_now()) on conflict (credential) do update set \"limit\" = excluded.\"limit\", remaining = case when abs(extract(epoch from excluded.reset_at - known.reset_at)) < 60 then least(excluded.remaining, known.remaining) when excluded.reset_at > known.reset_at then excluded.remaining else known.remaining end, reset_at = greatest(excluded.reset_at, known.reset_at), strikes = case when known.paused_until > dispatch_now() - interval '10 minutes' then known.strikes else 0 end, seen_at = excluded.seen_at",
        &[Type::TEXT, Type::INT4, Type::INT4, Type::TIMESTAMPTZ],
    ),
    (
        "insert into github_budget as known (credential, \"limit\", remaining, reset_at, seen_at, next_write_at) values ($1, 0, 0, dispatch_now(), dispatch_now(), dispatch_now() + $2::integer * interval '1 millisecond') on conflict (credential) do update set next_write_at = greatest(known.next_write_at, dispatch_now()) + $2::integer * interval '1 millisecond' where known.next_write_at is null or known.next_write_at <= dispatch_now() + $3::integer * interval '1 millisecond' returning (next_write_at - $2::integer * interval '1 millisecond')::timestamptz as turn, dispatch_now()::timestamptz as now",
        &[Type::TEXT, Type::INT4, Type::INT4],
    ),
    (
        "insert into hook (repository_id, state) values (nullif($1::bigint, 0), 'unknown') on conflict (coalesce(repository_id, 0)) do nothing",
        &[Type::INT8],
    ),
    (
        "insert into idempotency_key (principal, route, key, body_sha256, created_at) values ($1, $2, $3, $4, dispatch_now()) on conflict do nothing",
        &[Type::TEXT, Type::TEXT, Type::TEXT, Type::BYTEA],
    ),
    (
        "insert into issue (id, repository_id, number, title, body, closed, url, assignees, comments, labels, github_created_at, github_updated_at, status, lane, pull_request_id) select $1, p.repository_id, p.number, '', '', false, '', '{}', 0, '{}', 'epoch', 'epoch', 'in-review', 'default', p.id from pull_request p where p.id = $2 on conflict do nothing",
        &[Type::INT8, Type::INT8],
    ),
    (
        "insert into issue (id, repository_id, number, title, body, closed, url, assignees, comments, labels, github_created_at, github_updated_at, status, status_since, lane) select $1, r.id, $2, '', '', false, '', '{}', 0, '{}', 'epoch', 'epoch', 'backlog', 'epoch', 'default' from repository r where r.id = $3 on conflict do nothing",
        &[Type::INT8, Type::INT4, Type::INT8],
    ),
    (
        "insert into issue_dependency (issue_id, relation, source, target_id, target_owner, target_name, target_number, target_closed, created_at) values ($1, $2, 'native', $3, $4, $5, $6, $7, dispatch_now()) on conflict (issue_id, relation, source, lower(target_owner || '/' || target_name), target_number) do update set target_id = coalesce(excluded.target_id, issue_dependency.target_id), target_closed = excluded.target_closed",
        &[Type::INT8, Type::TEXT, Type::INT8, Type::TEXT, Type::TEXT, Type::INT4, Type::BOOL],
    ),
    (
        "insert into job_run (job, started_at) values ($1, dispatch_now()) on conflict (job) do update set started_at = excluded.started_at, finished_at = null",
        &[Type::TEXT],
    ),
    ("insert into lane (name, created_at) values ($1, dispatch_now()) on conflict do nothing", &[Type::TEXT]),
    (
        "insert into lane_classification (issue_id, from_lane, lane, reason, confidence, model, actor_kind, actor, at) values ($1, $2, $3, $4, $5, $6, $7, $8, dispatch_now())",
        &[Type::INT8, Type::TEXT, Type::TEXT, Type::TEXT, Type::FLOAT8, Type::TEXT, Type::TEXT, Type::TEXT],
    ),
    (
        "insert into missing_delivery (guid, hook_id, delivery_id, event, action, repository_id, delivered_at, status, retry_at, noticed_at) select listed.guid, $1, listed.delivery_id, listed.event, nullif(listed.action, ''), r.id, listed.delivered_at, listed.status, dispatch_now(), dispatch_now() from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[], $8::text[]) as listed (guid, delivery_id, event, action, github_repository, delivered_at, status) left join repository r on r.github_id = listed.github_repository where listed.event = any($9::text[]) and (listed.github_repository = 0 or (r.enabled and not r.gone)) and not exists (select from delivery d where d.guid = listed.guid) on conflict (guid) do nothing",
        &[
            Type::INT8,
            Type::TEXT_ARRAY,
            Type::INT8_ARRAY,
            Type::TEXT_ARRAY,
            Type::TEXT_ARRAY,
            Type::INT8_ARRAY,
            Type::TIMESTAMPTZ_ARRAY,
            Type::TEXT_ARRAY,
            Type::TEXT_ARRAY,
        ],
    ),
    (
        "insert into mutation (kind, repository_id, issue_id, origin, state, intent, correlation_id, correlations, wanted_by, retry_at, created_at) values ('comment', $1, $2, 'claim', 'pending', $3, $4, array[$4], $5, dispatch_now(), dispatch_now())",
        &[Type::INT8, Type::INT8, Type::JSONB, Type::TEXT, Type::TEXT],
    ),
    (
        "insert into mutation (kind, repository_id, issue_id, origin, state, intent, correlation_id, correlations, wanted_by, retry_at, created_at, last_error) values ('labels', $1, $2, $3, $4, $5, $6, array[$6], $7, dispatch_now(), dispatch_now(), $8) returning id",
        &[Type::INT8, Type::INT8, Type::TEXT, Type::TEXT, Type::JSONB, Type::TEXT, Type::TEXT, Type::TEXT],
    ),
    (
        "insert into pull_request as p (id, repository_id, number, title, body, state, draft, url, author, head_ref, head_sha, base_ref, fork, mergeable, labels, github_created_at, github_updated_at, merged_at, closes, reread_wanted) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, case when $6 = 'open' and $14::boolean is null then 1 else 0 end) on conflict (id) do update set title = excluded.title, body = excluded.body, state = excluded.state, draft = excluded.draft, url = excluded.url, author = excluded.author, head_ref = excluded.head_ref, head_sha = excluded.head_sha, base_ref = excluded.base_ref, fork = excluded.fork, labels = excluded.labels, github_updated_at = excluded.github_updated_at, merged_at = excluded.merged_at, closes = excluded.closes, mergeable = case when excluded.mergeable is null and (p.head_sha, p.base_ref) = (excluded.head_sha, excluded.base_ref) then p.mergeable else excluded.mergeable end, reread_wanted = p.reread_wanted + case when excluded.state = 'open' and excluded.mergeable is null and (p.mergeable is null or (p.head_sha, p.base_ref) <> (excluded.head_sha, excluded.base_ref)) then 1 else 0 end, follow_up_etags = case when p.head_sha = excluded.head_sha then p.follow_up_etags else '{}' end where p.github_updated_at <= excluded.github_updated_at",
        &[
            Type::INT8,
            Type::INT8,
            Type::INT4,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::BOOL,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::BOOL,
            Type::BOOL,
            Type::TEXT_ARRAY,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
            Type::INT4_ARRAY,
        ],
    ),
    (
        "insert into pull_request_issue (pull_request_id, issue_id) select p.id, $1 from pull_request p where p.repository_id = $2 and p.number = $3 on conflict do nothing returning pull_request_id",
        &[Type::INT8, Type::INT8, Type::INT4],
    ),
    (
        "insert into pull_request_issue (pull_request_id, issue_id) select p.id, $1::bigint from pull_request p where p.repository_id = $2 and $3 = any (p.closes) union select p.id, $1::bigint from pull_request p where $4 = any (p.closing_references) on conflict do nothing returning pull_request_id",
        &[Type::INT8, Type::INT8, Type::INT4, Type::TEXT],
    ),
    (
        "insert into repository (owner, name, source) values ($1, $2, $3) on conflict (lower(owner || '/' || name)) where not gone do nothing returning id",
        &[Type::TEXT, Type::TEXT, Type::TEXT],
    ),
    (
        "insert into review (id, pull_request_id, author, author_association, state, body, commit_sha, url, submitted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do update set author = excluded.author, author_association = excluded.author_association, state = excluded.state, body = excluded.body, commit_sha = excluded.commit_sha, url = excluded.url, submitted_at = excluded.submitted_at, gone = false",
        &[
            Type::INT8,
            Type::INT8,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TIMESTAMPTZ,
        ],
    ),
    (
        "insert into review_comment (id, pull_request_id, review_id, in_reply_to, author, author_association, path, line, body, url, github_created_at, github_updated_at, gone) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do update set review_id = excluded.review_id, in_reply_to = excluded.in_reply_to, author = excluded.author, author_association = excluded.author_association, path = excluded.path, line = excluded.line, body = excluded.body, url = excluded.url, github_updated_at = excluded.github_updated_at, gone = excluded.gone",
        &[
            Type::INT8,
            Type::INT8,
            Type::INT8,
            Type::INT8,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::INT4,
            Type::TEXT,
            Type::TEXT,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
            Type::BOOL,
        ],
    ),
    (
        "insert into sample (at, ready, in_progress, in_review, blocked, writes_waiting, writes_parked, rereads_wanted, claims_active, budget_remaining, budget_limit) select dispatch_now(), s.ready, s.in_progress, s.in_review, s.blocked, (select count(*) from mutation where state in ('pending', 'leased')), (select count(*) from mutation where state = 'parked'), s.rereads, (select count(*) from claim where state = 'active'), b.remaining, b.\"limit\" from ( select count(*) filter (where i.status = 'ready') as ready, count(*) filter (where i.status = 'in-progress') as in_progress, count(*) filter (where i.status = 'in-review') as in_review, count(*) filter (where i.status = 'blocked') as blocked, count(*) filter (where i.reread_wanted > i.reread_settled) as rereads from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where not i.closed and not i.gone ) s left join ( select remaining, \"limit\" from github_budget where seen_at > dispatch_now() - interval '1 hour' and \"limit\" > 0 order by remaining limit 1 ) b on true where not exists (select from sample where at > dispatch_now() - interval '5 minutes') on conflict do nothing",
        &[],
    ),
    (
        "insert into sign_in_failure (bucket, failures, since) select bucket, 1, dispatch_now() from unnest($1::text[]) bucket order by bucket on conflict (bucket) do update set failures = case when sign_in_failure.since > dispatch_now() - interval '15 minutes' then sign_in_failure.failures + 1 else 1 end, since = case when sign_in_failure.since > dispatch_now() - interval '15 minutes' then sign_in_failure.since else excluded.since end",
        &[Type::TEXT_ARRAY],
    ),
    (
        "insert into stale_report (claim_id, fence, verb, body, received_at) values ($1, $2, $3, $4, dispatch_now())",
        &[Type::INT8, Type::INT8, Type::TEXT, Type::JSONB],
    ),
    (
        "insert into sync_run (kind, repository_id, requested_by, requested_at) values ($1, $2, $3, dispatch_now()) on conflict (kind, coalesce(repository_id, 0)) where state <> 'finished' do nothing returning id",
        &[Type::TEXT, Type::INT8, Type::TEXT],
    ),
    (
        "insert into work as w (kind, issue_id, pull_request_id, exclusion_key, lane, offered, ready_since, rank_key) values ('fix', $1, $2, 'issue:' || $1::bigint, $3, $4, $5, $6) on conflict (pull_request_id) where kind = 'fix' do update set issue_id = excluded.issue_id, exclusion_key = excluded.exclusion_key, lane = excluded.lane, offered = excluded.offered, ready_since = excluded.ready_since, rank_key = excluded.rank_key where (w.issue_id, w.lane, w.offered, w.ready_since, w.rank_key) is distinct from (excluded.issue_id, excluded.lane, excluded.offered, excluded.ready_since, excluded.rank_key) and (w.issue_id = excluded.issue_id or not exists (select from claim c where c.work_id = w.id and c.state = 'active'))",
        &[Type::INT8, Type::INT8, Type::TEXT, Type::BOOL, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ],
    ),
    (
        "select \"limit\", remaining, reset_at, paused_until, paused_by, next_write_at, strikes, dispatch_now() as now from github_budget where credential = $1",
        &[Type::TEXT],
    ),
    (
        "select 'lane' as scope, l.name, 0::bigint as id, l.claimable, l.paused, l.wip_limit, null::integer as review_limit, '{}'::text[] as excluded_labels, '{}'::text[] as lanes, case when l.wip_limit is null then 0 else (select count(*) from claim c where c.lane = l.name and c.state = 'active') end as held, 0::bigint as in_review from lane l where not l.claimable or l.paused or l.wip_limit is not null union all select 'repository', '', r.id, r.enabled and not r.archived and not r.gone, false, r.wip_limit, r.review_limit, r.excluded_labels, '{}', case when coalesce(r.wip_limit, r.review_limit) is null then 0 else (select count(*) from claim c where c.repository_id = r.id and c.state = 'active') end, case when r.review_limit is null then 0 else (select count(*) from issue i where i.repository_id = r.id and i.status = 'in-review' and not i.gone) end from repository r where r.wip_limit is not null or r.review_limit is not null or r.excluded_labels <> '{}' or not r.enabled or r.archived or r.gone union all select 'agent', a.name, 0, true, false, a.capacity, null, '{}', a.lanes, case when a.capacity is null then 0 else (select count(*) from claim c where c.agent = a.name and c.state = (select 'active')) end, 0 from agent a where a.name = $1",
        &[Type::TEXT],
    ),
    (
        "select '{}'::text[] as open_dependencies, c.* from candidate c where c.searched and (c.rank_key, c.work_id) > ($1, $2) and case when c.lane = any ($3::text[]) or c.repository_id = any ($4::bigint[]) then false else true end order by c.rank_key, c.work_id limit $5",
        &[Type::TIMESTAMPTZ, Type::INT8, Type::TEXT_ARRAY, Type::INT8_ARRAY, Type::INT8],
    ),
    (
        "select '{}'::text[] as open_dependencies, c.* from candidate c where c.searched and c.lane = $1 and (c.rank_key, c.work_id) < ($2, $3) order by c.rank_key, c.work_id limit $4",
        &[Type::TEXT, Type::TIMESTAMPTZ, Type::INT8, Type::INT8],
    ),
    (
        "select '{}'::text[] as open_dependencies, c.* from candidate c where c.searched and c.lane = $1 and (c.rank_key, c.work_id) > ($2, $3) and case when c.repository_id = any ($4::bigint[]) then false else true end order by c.rank_key, c.work_id limit $5",
        &[Type::TEXT, Type::TIMESTAMPTZ, Type::INT8, Type::INT8_ARRAY, Type::INT8],
    ),
    (
        "select 1 as untold where not exists (select from check_run where suite_id = $1) union all select 1 from check_run where suite_id = $1 and status <> 'completed' limit 1",
        &[Type::INT8],
    ),
    (
        "select a.name, a.description, a.lanes, a.capacity, a.registered_at, a.registered_by, a.last_seen_at, (select count(*) from claim c where c.agent = a.name and c.state = 'active') as claimed, (select count(*) from agent_token t where t.agent = a.name and t.revoked_at is null) as tokens from agent a order by a.name",
        &[],
    ),
    (
        "select a.name, a.description, a.lanes, a.capacity, a.registered_at, a.registered_by, a.last_seen_at, (select count(*) from claim c where c.agent = a.name and c.state = 'active') as claimed, (select count(*) from agent_token t where t.agent = a.name and t.revoked_at is null) as tokens from agent a where a.name = $1",
        &[Type::TEXT],
    ),
    (
        "select array( select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o where o.issue_id = c.issue_id order by 1 ) as open_dependencies, c.* from candidate c where c.issue_id = any ($1::bigint[]) order by c.issue_id, c.kind, c.work_id",
        &[Type::INT8_ARRAY],
    ),
    (
        "select array( select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o where o.issue_id = c.issue_id order by 1 ) as open_dependencies, c.* from candidate c where c.issue_id = any (array( select i.id from issue i where not i.closed and not i.gone and i.status <> 'ready' order by i.id limit $1)) and not c.offered and (cardinality($2::text[]) = 0 or c.lane = any ($2::text[]))",
        &[Type::INT8, Type::TEXT_ARRAY],
    ),
    (
        "select array( select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o where o.issue_id = c.issue_id order by 1 ) as open_dependencies, c.* from candidate c where c.offered and (cardinality($1::text[]) = 0 or c.lane = any ($1::text[])) order by c.rank_key, c.work_id limit $2",
        &[Type::TEXT_ARRAY, Type::INT8],
    ),
    (
        "select at, id, what, actor_kind, actor, correlations, success, message, before, after from ( select * from ( select a.at, case when a.action like 'write.%' then 5 else 2 end as rank, a.id as serial, 'audit-' || a.id as id, a.action as what, a.actor_kind, a.actor, array_remove(array[a.correlation_id], null) as correlations, a.success, coalesce(a.error, a.notes) as message, a.before, a.after from audit_event a where a.issue_id = $1 union all select d.received_at, 1, 0, 'delivery-' || d.guid, 'delivery.' || d.outcome, 'github', null, array[d.guid], d.outcome in ('applied', 'ignored'), d.reason, null, jsonb_build_object('event', d.event, 'action', d.action, 'pullRequest', d.pull_request_number) from delivery d where d.issue_id = $1 or (d.repository_id, d.pull_request_number) in ( select p.repository_id, p.number from pull_request_issue l join pull_request p on p.id = l.pull_request_id where l.issue_id = $1 ) union all select k.at, 3, k.id, 'checkpoint-' || k.id, 'claim.checkpoint', 'agent', c.agent, '{}', true, k.note, null, jsonb_build_object('claim', c.id::text, 'phase', k.phase, 'branch', k.branch, 'headSha', k.head_sha) from checkpoint k join claim c on c.id = k.claim_id where c.issue_id = $1 union all select s.received_at, 3, s.id, 'report-' || s.id, 'claim.report_refused', 'agent', c.agent, '{}', false, 'It came too late: the claim was no longer held under this fence.', null, jsonb_build_object('claim', c.id::text, 'verb', s.verb, 'fence', s.fence) from stale_report s join claim c on c.id = s.claim_id where c.issue_id = $1 union all select m.created_at, 4, m.id, 'write-' || m.id || '-wanted', case m.kind when 'comment' then 'comment.wanted' else 'write.wanted' end, null, m.wanted_by, m.correlations, true, case when m.settled_at is null then m.last_error end, m.intent -> 'base', jsonb_build_object('mutation', m.id::text, 'origin', m.origin, 'state', m.state, 'desired', m.intent -> 'desired') from mutation m where m.issue_id = $1 union all select m.settled_at, 6, m.id, 'write-' || m.id || '-settled', case m.kind when 'comment' then 'comment.' else 'write.' end || m.state, 'github', null, m.correlations, m.state = 'applied', m.last_error, null, jsonb_build_object('mutation', m.id::text, 'desired', m.intent -> 'desired', 'attempts', m.attempts) from mutation m where m.issue_id = $1 and m.settled_at is not null ) everything where at < $2 order by at desc fetch first ($3) rows with ties ) page order by at desc, rank desc, serial desc, id desc",
        &[Type::INT8, Type::TIMESTAMPTZ, Type::INT8],
    ),
    ("select attempts_without_progress from work where id = $1", &[Type::INT8]),
    (
        "select body, encode(issue_text_sha256(title, body), 'hex') as text_sha256, author, author_association, assignees, github_created_at, closed_at, state_reason from issue where id = $1",
        &[Type::INT8],
    ),
    (
        "select body_sha256, claim_id, fence, reference from idempotency_key where principal = $1 and route = $2 and key = $3",
        &[Type::TEXT, Type::TEXT, Type::TEXT],
    ),
    (
        "select c.id, c.pull_request_id::bigint as pull_request_id from issue c where c.pull_request_id is not null and not c.gone and not c.closed and exists ( select from pull_request_issue l join issue i on i.id = l.issue_id and not i.gone and i.pull_request_id is null where l.pull_request_id = c.pull_request_id) and not exists (select from claim k where k.exclusion_key = 'issue:' || c.id and k.state = 'active') order by c.pull_request_id",
        &[],
    ),
    (
        "select ceil(extract(epoch from max(f.since) + interval '15 minutes' - dispatch_now()))::bigint as seconds from unnest($1::text[], $2::integer[]) as b (bucket, most) join sign_in_failure f on f.bucket = b.bucket and f.failures >= b.most where f.since > dispatch_now() - interval '15 minutes'",
        &[Type::TEXT_ARRAY, Type::INT4_ARRAY],
    ),
    (
        "select closes, closing_references, head_ref, fork, number from pull_request where id = $1",
        &[Type::INT8],
    ),
    (
        "select coalesce(cause, 'missed_event') as cause, count(*) as drifts from drift where at > dispatch_now() - interval '1 day' group by 1 order by 1",
        &[],
    ),
    (
        "select coalesce(d.cause, 'missed_event') as cause, count(*) as count from drift d join job_run j on j.job = $1 and d.at >= j.started_at group by 1 order by 1",
        &[Type::TEXT],
    ),
    (
        "select coalesce(extract(epoch from clock_timestamp() - min(xact_start)), 0)::double precision as seconds from pg_stat_activity where datname = current_database() and backend_xid is not null",
        &[],
    ),
    (
        "select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 as seconds, (select count(*) from change) as changes from pg_stat_activity where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()",
        &[],
    ),
    (
        "select coalesce(r.intake, (select policy from intake)) as intake, exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) as approved, a.title, a.body from issue i join repository r on r.id = i.repository_id left join lateral ( select title, body from approval where issue_id = i.id order by approved_at desc, id desc limit 1 ) a on true where i.id = $1",
        &[Type::INT8],
    ),
    (
        "select comparing_until, comparing_at, dispatch_now() as now, greatest( dispatch_now() - interval '72 hours', coalesce(compared_until - interval '10 minutes', (select min(received_at) from delivery), dispatch_now()) )::timestamptz as since from hook where id = $1",
        &[Type::INT8],
    ),
    (
        "select context, id, sha, state, description, url, github_updated_at from commit_status where repository_id = $1 and sha = $2 order by context",
        &[Type::INT8, Type::TEXT],
    ),
    (
        "select count(*) as repairs from mutation where issue_id = $1 and origin = 'repair' and created_at > dispatch_now() - interval '1 hour'",
        &[Type::INT8],
    ),
    ("select count(*) as repositories from repository", &[]),
    (
        "select count(*) as settled, percentile_cont(0.5) within group (order by extract(epoch from settled_at - created_at))::float8 as median_seconds, percentile_cont(0.99) within group (order by extract(epoch from settled_at - created_at))::float8 as slowest_seconds, avg(writes)::float8 as writes_each from mutation where state = 'applied' and settled_at > dispatch_now() - interval '1 day'",
        &[],
    ),
    ("select count(*) as waiting from change where xid >= pg_snapshot_xmin(pg_current_snapshot())", &[]),
    ("select count(*) from issue where lane = $1 and not closed and not gone", &[Type::TEXT]),
    (
        "select credential, \"limit\", remaining, reset_at, paused_until, paused_by, seen_at, dispatch_now() as now from github_budget order by credential",
        &[],
    ),
    (
        "select d.target_id, d.target_owner as owner, d.target_name as name, d.target_number as number, t.title, d.relation, d.source, o.id is not null as open from issue_dependency d left join open_dependency o on o.id = d.id left join issue t on t.id = d.target_id where d.issue_id = $1 order by open desc, lower(d.target_owner || '/' || d.target_name), d.target_number, d.source",
        &[Type::INT8],
    ),
    ("select dispatch_now() as now", &[]),
    (
        "select dispatch_now() as now, (select count(*) from mutation where state in ('pending', 'leased')) as writes_waiting, (select count(*) from mutation where state = 'pending' and retry_at <= dispatch_now()) as writes_due, (select count(*) from mutation where state = 'parked') as writes_parked, (select min(created_at) from mutation where state in ('pending', 'leased')) as oldest_write_at, (select min(retry_at) from mutation where state = 'pending') as next_write_at, (select count(*) from delivery where outcome = 'failed') as deliveries_failed, (select count(*) from delivery where outcome = 'unreadable') as deliveries_unreadable, (select count(*) from missing_delivery m where state = 'missing' and not exists (select from delivery d where d.guid = m.guid)) as deliveries_missing, (select min(delivered_at) from missing_delivery where state = 'missing') as oldest_missing_at, (select min(compared_until) from hook where compared_until is not null) as compared_until, (select count(*) from hook where state <> 'ok') as hooks_in_trouble, (select count(*) from issue where reread_wanted > reread_settled) as rereads_wanted, (select count(*) from claim where state = 'active') as claims_active, (select count(*) from claim where state = 'active' and expires_at <= dispatch_now()) as claims_expired, (select count(*) from repository where enabled and not gone) as repositories, (select count(*) from repository where enabled and not gone and last_error is not null) as repositories_in_trouble",
        &[],
    ),
    (
        "select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt, c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint, c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number, c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd, c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id where ($1::text = '' or c.agent = $1) and ($2::text = '' or c.state = $2) and c.id < $3 order by c.id desc limit $4",
        &[Type::TEXT, Type::TEXT, Type::INT8, Type::INT8],
    ),
    (
        "select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt, c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint, c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number, c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd, c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id where c.id = $1",
        &[Type::INT8],
    ),
    (
        "select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt, c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint, c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number, c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd, c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id where c.issue_id = $1 and c.id <> $2 order by c.id desc limit $3",
        &[Type::INT8, Type::INT8, Type::INT8],
    ),
    (
        "select dispatch_now() as now, coalesce((select min(expires_at) from claim where state = (select 'active')) <= dispatch_now(), false) as expired, exists (select from dependency_change) as unsettled, coalesce(array_agg(own.id order by own.id), '{}') as own_claims, coalesce(array_agg(own.issue_id order by own.id), '{}') as own_issues from claim own where own.agent = $1 and own.state = (select 'active')",
        &[Type::TEXT],
    ),
    (
        "select dispatch_now() as now, date_trunc($1::text, dispatch_now() - $2::integer * interval '1 day', 'UTC') as since",
        &[Type::TEXT, Type::INT4],
    ),
    (
        "select dispatch_now() as now, i.id, i.repository_id, r.owner as repo_owner, r.name as repo_name, r.enabled, r.archived, r.labels_gone, i.number, i.title, i.body, i.closed, i.state_reason, i.url, i.author, i.author_association, i.assignees, i.comments, i.labels, i.github_created_at, i.github_updated_at, i.closed_at, i.gone, i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.problems, i.block_kind, i.block_reason, i.block_until, i.attention, i.reread_wanted, i.reread_settled, i.version, i.pull_request_id, c.id as claim_id, c.fence as claim_fence, c.agent as claim_agent, c.expires_at as claim_expires_at, c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, c.acquired_at as claim_acquired_at, m.id as mutation_id, m.state as mutation_state, m.origin as mutation_origin, m.intent as mutation_intent, m.desired_version as mutation_version, m.state = 'leased' and m.lease_until > dispatch_now() as mutation_leased, w.id as work_id, w.ready_since as work_ready_since, w.attempts_without_progress as work_attempts, w.rank_key as work_rank_key, coalesce((select name from lane where role = 'default'), 'default') as default_lane, exists (select from work f where f.issue_id = i.id and f.kind = 'fix') as has_fixes, exists (select from pull_request_issue l where l.issue_id = i.id) as has_pull_requests, exists (select from claim p where p.issue_id = i.id) as has_claims, (select l.intent from mutation l where m.id is null and l.issue_id = i.id and l.kind = 'labels' and l.state = 'superseded' and l.settled_at > dispatch_now() - interval '2 minutes' order by l.id desc limit 1) as late_intent from issue i join repository r on r.id = i.repository_id left join lateral ( select * from claim held where held.issue_id = i.id and held.exclusion_key = 'issue:' || i.id and case held.state when 'active' then true else false end limit 1 ) c on true left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked') left join work w on w.issue_id = i.id and w.kind = 'implement' where i.id = $1",
        &[Type::INT8],
    ),
    (
        "select distinct entity, id from change where xid >= $1::bigint::text::xid8 and xid < pg_snapshot_xmin(pg_current_snapshot()) limit $2",
        &[Type::INT8, Type::INT8],
    ),
    (
        "select e.id, p.number, e.kind, e.title, e.detail, e.url, e.author, e.occurred_at, e.seen_at from evidence e join pull_request_issue l on l.pull_request_id = e.pull_request_id and l.issue_id = $1 join pull_request p on p.id = e.pull_request_id where e.withdrawn_at is null and e.consumed_at is null order by p.number, e.id limit $2",
        &[Type::INT8, Type::INT8],
    ),
    (
        "select epoch::text as epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon, pg_current_snapshot()::text as snapshot, pruned_below::text::bigint as pruned_below, dispatch_now() as now from feed",
        &[],
    ),
    (
        "select exists (select from issue_dependency d where d.target_id = $1 or d.issue_id = $1) or exists ( select from issue i join repository r on r.id = i.repository_id join issue_dependency d on d.target_id is null and d.target_number = i.number and lower(d.target_owner || '/' || d.target_name) = lower(r.owner || '/' || r.name) where i.id = $1) as felt",
        &[Type::INT8],
    ),
    (
        "select feed.epoch::text = $1 and feed.pruned_below <= pg_snapshot_xmin($2::text::pg_snapshot) and ($3::timestamptz is null or dispatch_now() < $3) and (select true from change where xid >= pg_snapshot_xmin($2::text::pg_snapshot) and not pg_visible_in_snapshot(xid, $2::text::pg_snapshot) order by xid desc limit 1) is null as holds from feed",
        &[Type::TEXT, Type::TEXT, Type::TIMESTAMPTZ],
    ),
    (
        "select from_lane, lane, reason, confidence, model, actor_kind, actor, at from lane_classification where issue_id = $1 order by id desc limit 100",
        &[Type::INT8],
    ),
    (
        "select guid, event, action, payload, attempts, dispatch_now() as now from delivery where outcome = 'failed' and retry_at <= dispatch_now() order by retry_at limit $1 for update skip locked",
        &[Type::INT8],
    ),
    (
        "select h.id, h.repository_id, r.owner, r.name, h.hook_id, h.state, h.problems, h.url, h.events, h.active, h.has_secret, h.last_code, h.last_success_at, h.checked_at, h.repair_wanted, h.compared_until, h.etag, coalesce(h.checked_at < dispatch_now() - case h.state when 'ok' then interval '1 hour' else interval '10 minutes' end, true) or h.repair_wanted as check_due, h.comparing_at is not null or coalesce(h.compared_until < dispatch_now() - interval '4 minutes', true) as compare_due, (select count(*) from missing_delivery m where m.hook_id = h.id and m.state = 'missing' and not exists (select from delivery d where d.guid = m.guid)) as missing from hook h left join repository r on r.id = h.repository_id where h.repository_id is null or (r.enabled and not r.gone) order by h.repository_id is not null, lower(r.owner || '/' || r.name)",
        &[],
    ),
    (
        "select i.body, encode(issue_text_sha256(i.title, i.body), 'hex') as text_sha256, i.author, i.author_association, i.assignees, i.github_created_at, i.closed_at, i.state_reason, i.seen_at, i.reread_wanted > i.reread_settled as reread_wanted, w.attempts_without_progress, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until from issue i left join work w on w.issue_id = i.id and w.kind = 'implement' where i.id = $1",
        &[Type::INT8],
    ),
    (
        "select i.id as issue_id, i.status, i.closed, i.priority, i.lane, p.state, p.fork, (select min(seen_at) from evidence e where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as since from pull_request p join pull_request_issue l on l.pull_request_id = p.id join issue i on i.id = l.issue_id and not i.gone where p.id = $1 order by i.pull_request_id is not null, i.closed, i.id limit 1",
        &[Type::INT8],
    ),
    (
        "select i.id from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.status = 'in-progress' and not i.closed and not i.gone and not exists ( select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now()) order by i.status_since limit $1",
        &[Type::INT8],
    ),
    (
        "select i.id from unnest($1::bigint[], $2::text[]) with ordinality as listed (id, status, place) join issue i on i.id = listed.id and i.status = listed.status order by listed.place limit 1 for update of i skip locked",
        &[Type::INT8_ARRAY, Type::TEXT_ARRAY],
    ),
    (
        "select i.id, i.number, i.reread_wanted, i.version, r.owner, r.name, r.id as repository_id from issue i join repository r on r.id = i.repository_id where i.reread_wanted > i.reread_settled and r.enabled and not r.gone order by i.seen_at limit $1",
        &[Type::INT8],
    ),
    (
        "select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone, i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since, i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at, coalesce(r.intake, (select policy from intake)) as intake, i.author_association, case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved, w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind, c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at, c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts, m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent from issue i join repository r on r.id = i.repository_id left join work w on w.issue_id = i.id and w.kind = 'implement' left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active' left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked') where i.id = any ($1::bigint[])",
        &[Type::INT8_ARRAY],
    ),
    (
        "select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone, i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since, i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at, coalesce(r.intake, (select policy from intake)) as intake, i.author_association, case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved, w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind, c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at, c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts, m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent from issue i join repository r on r.id = i.repository_id left join work w on w.issue_id = i.id and w.kind = 'implement' left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active' left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked') where not i.gone and r.enabled and not r.gone and ($1::text is null or lower(r.owner || '/' || r.name) = lower($1)) and ($2::text is null or lower(i.agent) = lower($2)) and ($3::text is null or lower(i.owner) = lower($3)) and ($4::text is null or exists (select from unnest(i.labels) l where lower(l) = 'project/' || lower($4))) and ($5::text is null or i.priority = lower($5)) and ($6::text is null or i.status = $6) and ($7::text is null or i.lane = lower($7)) and ($8::text is null or strpos(lower(i.title || ' #' || i.number), lower($8)) > 0) and ($9::integer is null or i.number = $9) and (not i.closed or $6 = 'done' or $9 is not null) and i.id > $10 order by i.id limit $11",
        &[
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::INT4,
            Type::INT8,
            Type::INT8,
        ],
    ),
    (
        "select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone, i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since, i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at, coalesce(r.intake, (select policy from intake)) as intake, i.author_association, case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved, w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind, c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at, c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts, m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent from issue i join repository r on r.id = i.repository_id left join work w on w.issue_id = i.id and w.kind = 'implement' left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active' left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked') where not i.gone and r.enabled and not r.gone and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days') order by i.github_updated_at desc, i.id limit $1",
        &[Type::INT8],
    ),
    (
        "select i.id, r.owner, r.name, i.number from issue i join repository r on r.id = i.repository_id where i.id = any ($1::bigint[])",
        &[Type::INT8_ARRAY],
    ),
    (
        "select i.id, r.owner, r.name, i.number, i.title, d.relation, d.source from issue_dependency d join issue i on i.id = d.issue_id and not i.closed and not i.gone join repository r on r.id = i.repository_id where d.target_id = $1 and d.issue_id <> d.target_id order by lower(r.owner || '/' || r.name), i.number, d.source",
        &[Type::INT8],
    ),
    (
        "select i.status, count(*) as issues, count(*) filter (where i.status = 'in-progress' and not exists ( select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now())) as unheld from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where not i.gone and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days') group by i.status",
        &[],
    ),
    ("select id from issue where id = $1 for update", &[Type::INT8]),
    (
        "select id from issue where id in ( select issue_id from pull_request_issue where pull_request_id = any ($1::bigint[]) union select issue_id from work where kind = 'fix' and pull_request_id = any ($1::bigint[]) union select id from issue where pull_request_id = any ($1::bigint[]) ) order by id for no key update",
        &[Type::INT8_ARRAY],
    ),
    (
        "select id from issue where repository_id = $1 and number = $2 and id <> $3 and not gone",
        &[Type::INT8, Type::INT4, Type::INT8],
    ),
    (
        "select id from issue where status = 'blocked' and block_until <= dispatch_now() and not closed and not gone order by block_until limit $1",
        &[Type::INT8],
    ),
    (
        "select id from mutation where (state = 'pending' and retry_at <= dispatch_now()) or (state = 'leased' and lease_until <= dispatch_now()) order by retry_at limit $1",
        &[Type::INT8],
    ),
    (
        "select id from pull_request where repository_id = $1 and head_sha = $2 and state = 'open' order by id for no key update",
        &[Type::INT8, Type::TEXT],
    ),
    (
        "select id from pull_request where repository_id = $1 and number = $2 and id <> $3",
        &[Type::INT8, Type::INT4, Type::INT8],
    ),
    (
        "select id from pull_request where state = 'open' and ($1::bigint = 0 or repository_id = $1) order by id for no key update",
        &[Type::INT8],
    ),
    (
        "select id from repository where id = $1 and (wip_limit is not null or review_limit is not null) for no key update",
        &[Type::INT8],
    ),
    (
        "select id from sync_run where (state = 'requested' and requested_at < dispatch_now() - interval '1 minute') or (state = 'running' and started_at < dispatch_now() - interval '15 minutes') order by id limit $1",
        &[Type::INT8],
    ),
    (
        "select id from sync_run where kind = $1 and coalesce(repository_id, 0) = coalesce($2::bigint, 0) and state <> 'finished'",
        &[Type::TEXT, Type::INT8],
    ),
    (
        "select id, agent, run_type, status, started_at, finished_at, summary, error_message, notes, touched_issue_urls, claim_id from agent_run order by started_at desc, id desc limit $1",
        &[Type::INT8],
    ),
    ("select id, agent, tier from agent_token where sha256 = $1 and revoked_at is null", &[Type::BYTEA]),
    (
        "select id, at, actor_kind, actor, action, repository, issue_number, issue_id, before, after, success, error, notes, correlation_id from audit_event where id < $1 and ($2::text is null or lower(repository) = lower($2)) and ($3::text is null or lower(actor) = lower($3)) and ($4::text is null or actor_kind = $4) and ($5::text is null or action = $5 or starts_with(action, $5 || '.')) and ($6::bigint is null or issue_id = $6) and ($7::integer is null or issue_number = $7) and ($8::boolean is null or success = $8) and ($9::text is null or correlation_id = $9) and ($10::timestamptz is null or at >= $10) and ($11::timestamptz is null or at < $11) order by id desc limit $12",
        &[
            Type::INT8,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::INT8,
            Type::INT4,
            Type::BOOL,
            Type::TEXT,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
            Type::INT8,
        ],
    ),
    (
        "select id, author, author_association, state, body, commit_sha, url, submitted_at from review where pull_request_id = $1 and not gone order by id",
        &[Type::INT8],
    ),
    (
        "select id, author, author_association, state, body, commit_sha, url, submitted_at, gone from review where id = $1",
        &[Type::INT8],
    ),
    (
        "select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source, sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error, etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since from repository where enabled and not gone and ($1::bigint = 0 or id = $1::bigint) order by attempted_at nulls first, id",
        &[Type::INT8],
    ),
    (
        "select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source, sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error, etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since from repository where github_id = $1",
        &[Type::INT8],
    ),
    (
        "select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source, sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error, etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since from repository where lower(owner || '/' || name) = lower($1::text || '/' || $2::text) and not gone",
        &[Type::TEXT, Type::TEXT],
    ),
    (
        "select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source, sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error, etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since from repository where not gone order by lower(owner || '/' || name)",
        &[],
    ),
    (
        "select id, head_sha, suite_id, app, name, status, conclusion, title, summary, url, started_at, completed_at from check_run where id = $1",
        &[Type::INT8],
    ),
    (
        "select id, head_sha, suite_id, app, name, status, conclusion, title, summary, url, started_at, completed_at from check_run where repository_id = $1 and head_sha = $2 order by id",
        &[Type::INT8, Type::TEXT],
    ),
    (
        "select id, hint, description, tier, agent, created_by, created_at, last_used_at, revoked_at, revoked_by from agent_token where agent = $1 order by revoked_at is not null, id desc limit 200",
        &[Type::TEXT],
    ),
    (
        "select id, hint, description, tier, agent, created_by, created_at, last_used_at, revoked_at, revoked_by from agent_token where id = $1 and agent = $2",
        &[Type::INT8, Type::TEXT],
    ),
    (
        "select id, issue_id from claim where state = 'active' and expires_at <= dispatch_now() order by expires_at limit $1",
        &[Type::INT8],
    ),
    (
        "select id, number, reread_wanted, version from issue where repository_id = $1 and closed = $2 and not gone and pull_request_id is null and seen_at < $3 and ($4::timestamptz is null or github_updated_at >= $4) order by id limit $5",
        &[Type::INT8, Type::BOOL, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ, Type::INT8],
    ),
    (
        "select id, number, title, body, state, draft, url, author, head_ref, head_sha, base_ref, fork, mergeable, labels, github_created_at, github_updated_at, merged_at, reread_wanted from pull_request where id = $1 for no key update",
        &[Type::INT8],
    ),
    (
        "select id, reread_wanted, version from issue where repository_id = $1 and number = $2 and not gone",
        &[Type::INT8, Type::INT4],
    ),
    (
        "select id, review_id, in_reply_to, author, author_association, path, line, body, url, github_created_at, github_updated_at from review_comment where pull_request_id = $1 and not gone and not resolved order by id",
        &[Type::INT8],
    ),
    (
        "select id, review_id, in_reply_to, author, author_association, path, line, body, url, github_created_at, github_updated_at, gone from review_comment where id = $1",
        &[Type::INT8],
    ),
    (
        "select id, wip_limit, review_limit, excluded_labels from repository where lower(owner || '/' || name) = lower($1::text || '/' || $2::text) and not gone for no key update",
        &[Type::TEXT, Type::TEXT],
    ),
    ("select intake from repository where id = $1 for no key update", &[Type::INT8]),
    ("select issue_id from mutation where id = $1", &[Type::INT8]),
    (
        "select issue_id, relation, count(*) as known from issue_dependency where source = 'native' and issue_id = any($1::bigint[]) group by issue_id, relation",
        &[Type::INT8_ARRAY],
    ),
    ("select job, started_at, finished_at, succeeded_at, error, counts from job_run order by job", &[]),
    (
        "select kind, at, issue_id, repository, number, title, url, message, reference from ( select 'needs_input' as kind, 1 as rank, i.github_updated_at as at, i.id as issue_id, r.owner || '/' || r.name as repository, i.number, i.title, i.url, i.block_reason as message, null as reference from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.status = 'blocked' and i.block_kind = 'needs_input' and not i.closed and not i.gone union all select 'result', 2, i.github_updated_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, i.attention, null from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.attention is not null and i.status <> 'blocked' and not i.closed and not i.gone union all select 'quarantined', 3, w.quarantined_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, w.attempts_without_progress || ' attempts in a row led to nothing.', null from work w join issue i on i.id = w.issue_id and not i.closed and not i.gone join repository r on r.id = i.repository_id and r.enabled and not r.gone where w.quarantined_at is not null union all select case when m.last_error like 'contested%' then 'contested' else 'write_failed' end, 4, m.created_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, m.last_error, m.id::text from mutation m join issue i on i.id = m.issue_id join repository r on r.id = i.repository_id and r.enabled and not r.gone where m.state = 'parked' union all select 'unheld', 5, i.status_since, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, 'In progress, and no agent holds it.', null from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.status = 'in-progress' and not i.closed and not i.gone and i.status_since < dispatch_now() - interval '15 minutes' and not exists ( select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now()) union all select 'review_overdue', 6, i.status_since, i.id, r.owner || '/' || r.name, i.number, i.title, coalesce(( select p.url from pull_request_issue l join pull_request p on p.id = l.pull_request_id and p.state = 'open' where l.issue_id = i.id order by p.id limit 1), i.url), 'In review for long.', null from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.status = 'in-review' and i.attention is null and not i.closed and not i.gone and i.status_since < dispatch_now() - $1::integer * interval '1 hour' union all select 'untrusted', 7, i.github_updated_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, 'Agents do not get it before somebody approves what ' || coalesce(i.author, 'an unknown account') || ' wrote.', encode(issue_text_sha256(i.title, i.body), 'hex') from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where exists (select from work w where w.issue_id = i.id and w.offered) and not i.closed and not i.gone and coalesce(r.intake, (select policy from intake)) = 'trusted' and coalesce(i.author_association, '') <> all ($2::text[]) and not exists ( select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) union all select 'sync_failed', 8, r.last_synced_at, null, r.owner || '/' || r.name, null, null, null, r.last_error, r.owner || '/' || r.name from repository r where r.last_error is not null and r.enabled and not r.gone union all select 'delivery_failed', 9, d.received_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, d.event || ': ' || d.reason, d.guid from delivery d left join issue i on i.id = d.issue_id left join repository r on r.id = d.repository_id where d.outcome = 'failed' and d.retry_at is null union all select 'delivery_missing', 10, min(m.delivered_at), null, r.owner || '/' || r.name, null, null, null, 'GitHub sent webhooks that never came: ' || count(*) || '. They are asked for again by themselves.' || coalesce(' Last answer: ' || max(m.last_error), ''), coalesce(r.owner || '/' || r.name, '') from missing_delivery m left join repository r on r.id = m.repository_id where m.state = 'missing' and not exists (select from delivery d where d.guid = m.guid) group by r.owner, r.name ) everything order by rank, at nulls first, issue_id limit $3",
        &[Type::INT4, Type::TEXT_ARRAY, Type::INT8],
    ),
    (
        "select l.issue_id, p.id, p.number, p.title, p.state, p.draft, p.url, p.author, p.head_ref, p.head_sha, p.base_ref, p.fork, p.mergeable, p.review_decision, p.checks, p.failing_checks, (select count(*) from evidence e where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as evidence, exists (select from work w where w.pull_request_id = p.id and w.kind = 'fix' and w.offered) as fix_offered from pull_request_issue l join pull_request p on p.id = l.pull_request_id where l.issue_id = any ($1::bigint[]) order by l.issue_id, p.number",
        &[Type::INT8_ARRAY],
    ),
    (
        "select l.name, l.description, l.claimable, l.role, l.paused, l.wip_limit, l.default_agent, l.colour, (select count(*) from work w where w.lane = l.name and w.offered) as offered, (select count(*) from claim c where c.lane = l.name and c.state = 'active') as claimed from lane l order by l.role is distinct from 'default', l.name",
        &[],
    ),
    (
        "select l.name, l.description, l.claimable, l.role, l.paused, l.wip_limit, l.default_agent, l.colour, (select count(*) from work w where w.lane = l.name and w.offered) as offered, (select count(*) from claim c where c.lane = l.name and c.state = 'active') as claimed from lane l where l.name = $1",
        &[Type::TEXT],
    ),
    (
        "select lower(i.agent) as agent, count(*) as issues from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.agent is not null and not i.closed and not i.gone group by lower(i.agent)",
        &[],
    ),
    (
        "select m.guid, m.delivery_id, m.event, m.delivered_at, m.attempts, h.hook_id as hook_github_id, hr.owner, hr.name, dispatch_now() as now from missing_delivery m join hook h on h.id = m.hook_id left join repository hr on hr.id = h.repository_id where m.state = 'missing' and m.retry_at <= dispatch_now() order by m.delivered_at, m.guid limit $1",
        &[Type::INT8],
    ),
    ("select name from agent where name = $1 and capacity is not null for no key update", &[Type::TEXT]),
    ("select name from agent where name = $1 for no key update", &[Type::TEXT]),
    ("select name from lane order by role is distinct from 'default', name", &[]),
    ("select name from lane where name = $1 and wip_limit is not null for no key update", &[Type::TEXT]),
    ("select name from lane where name = $1 for no key update", &[Type::TEXT]),
    ("select name from lane where role = $1", &[Type::TEXT]),
    ("select outcome, reason from delivery where guid = $1", &[Type::TEXT]),
    (
        "select owner, name, intake from repository where intake is not null and not gone order by lower(owner || '/' || name)",
        &[],
    ),
    (
        "select p.id, p.number, p.head_sha, p.follow_up_wanted, p.follow_up_version, p.follow_up_etags, r.owner, r.name from pull_request p join repository r on r.id = p.repository_id where p.follow_up_wanted > p.follow_up_settled and r.enabled and not r.gone order by p.follow_up_read_at nulls first, p.id limit $1",
        &[Type::INT8],
    ),
    (
        "select p.id, p.number, p.repository_id, r.owner, r.name, c.reread_wanted as reread, c.version from pull_request p join repository r on r.id = p.repository_id and r.enabled and not r.gone left join issue c on c.pull_request_id = p.id where p.id in (select pull_request_id from evidence where withdrawn_at is null and consumed_at is null) and p.state = 'open' and not p.fork and not exists ( select from pull_request_issue l join issue i on i.id = l.issue_id and not i.gone where l.pull_request_id = p.id) order by p.id limit $1",
        &[Type::INT8],
    ),
    (
        "select p.id, p.number, p.reread_wanted, r.owner, r.name, r.id as repository_id from pull_request p join repository r on r.id = p.repository_id where p.reread_wanted > p.reread_settled and r.enabled and not r.gone and (p.reread_at is null or p.reread_at <= dispatch_now()) order by p.reread_at nulls first, p.id limit $1",
        &[Type::INT8],
    ),
    (
        "select p.id, p.repository_id, p.state, p.draft, p.author, p.head_sha, p.mergeable, coalesce(r.intake, (select policy from intake)) as intake from pull_request p join repository r on r.id = p.repository_id where p.id = $1",
        &[Type::INT8],
    ),
    (
        "select p.number, p.url, p.head_sha from claim c join pull_request_issue l on l.issue_id = c.issue_id join pull_request p on p.id = l.pull_request_id and p.head_ref = c.branch and p.state <> 'closed' and not p.fork where c.id = $1 and p.github_created_at >= c.acquired_at - interval '2 seconds' order by p.id desc limit 1",
        &[Type::INT8],
    ),
    ("select pg_advisory_xact_lock(1145329763) is null as locked", &[]),
    ("select pg_advisory_xact_lock(1145329764) is null as locked", &[]),
    (
        "select pg_advisory_xact_lock(hashtextextended($1::bigint || ':' || $2::text, 0)) is null as locked",
        &[Type::INT8, Type::TEXT],
    ),
    (
        "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon, (select true from change where xid >= $1::bigint::text::xid8 order by xid desc limit 1) is not null as changed",
        &[Type::INT8],
    ),
    ("select policy from intake", &[]),
    ("select policy from intake for no key update", &[]),
    ("select projected_agent from claim where issue_id = $1 order by id desc limit 1", &[Type::INT8]),
    (
        "select r.owner, r.name, r.default_branch, r.latest_commit_sha, r.open_pr_count, r.last_synced_at, r.last_error, r.source, r.wip_limit, r.review_limit, r.excluded_labels, r.intake, (select count(*) from claim c where c.repository_id = r.id and c.state = 'active') as claimed, (select count(*) from issue i where i.repository_id = r.id and i.status = 'in-review' and not i.gone) as in_review from repository r where not r.gone and case $1::bigint when 0 then r.enabled else r.id = $1 end order by lower(r.owner || '/' || r.name)",
        &[Type::INT8],
    ),
    (
        "select r.owner, r.name, r.enabled, r.archived, r.last_synced_at, r.last_error, r.open_pr_count, count(i.id) filter (where i.status = 'backlog') as backlog, count(i.id) filter (where i.status = 'ready') as ready, count(i.id) filter (where i.status = 'in-progress') as in_progress, count(i.id) filter (where i.status = 'in-review') as in_review, count(i.id) filter (where i.status = 'blocked') as blocked, count(i.id) filter (where i.status = 'done') as done, count(c.id) as claims, count(i.id) filter (where i.status = 'in-progress' and (c.id is null or c.expires_at <= dispatch_now())) as stale, count(i.id) filter (where not i.closed and ( i.block_kind = 'needs_input' or i.attention is not null or w.quarantined_at is not null or m.state = 'parked')) as attention, min(w.ready_since) filter (where i.status = 'ready') as oldest_ready from repository r left join issue i on i.repository_id = r.id and not i.gone and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days') left join work w on w.issue_id = i.id and w.kind = 'implement' left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active' left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state = 'parked' where not r.gone and r.enabled group by r.id order by lower(r.owner || '/' || r.name)",
        &[],
    ),
    ("select repository_id from pull_request where id = $1", &[Type::INT8]),
    (
        "select repository_id, head_sha, follow_up_version from pull_request where id = $1 for no key update",
        &[Type::INT8],
    ),
    ("select reread_wanted, version from issue where id = $1", &[Type::INT8]),
    (
        "select s.id, s.kind, r.owner, r.name, s.state, s.requested_by, s.requested_at, s.started_at, s.finished_at, s.repositories_total, s.repositories_done, s.issues_synced, s.results from sync_run s left join repository r on r.id = s.repository_id order by s.id desc limit $1",
        &[Type::INT8],
    ),
    (
        "select s.id, s.kind, r.owner, r.name, s.state, s.requested_by, s.requested_at, s.started_at, s.finished_at, s.repositories_total, s.repositories_done, s.issues_synced, s.results from sync_run s left join repository r on r.id = s.repository_id where s.id = $1",
        &[Type::INT8],
    ),
    ("select state, retry_at, last_error, attempts from mutation where id = $1", &[Type::INT8]),
    ("select true as alive", &[]),
    (
        "select w.pull_request_id, p.number, p.head_ref, p.head_sha from work w join pull_request p on p.id = w.pull_request_id where w.id = $1",
        &[Type::INT8],
    ),
    (
        "update agent set description = $1, lanes = $2, capacity = $3 where name = $4",
        &[Type::TEXT, Type::TEXT_ARRAY, Type::INT4, Type::TEXT],
    ),
    (
        "update agent_token set revoked_at = dispatch_now(), revoked_by = $1 where id = $2 and agent = $3 and revoked_at is null",
        &[Type::TEXT, Type::INT8, Type::TEXT],
    ),
    (
        "update claim c set state = 'active', end_reason = null, ended_at = null, renewed_at = dispatch_now(), expires_at = $1 where c.id = $2 and c.fence = $3 and c.state = 'ended' and c.end_reason = 'expired' and not exists (select from claim n where n.exclusion_key = c.exclusion_key and n.id > c.id)",
        &[Type::TIMESTAMPTZ, Type::INT8, Type::INT8],
    ),
    (
        "update claim set fence = nextval('claim_fence'), renewed_at = dispatch_now(), expires_at = $1 where id = $2 and agent = $3 and state = 'active' returning fence",
        &[Type::TIMESTAMPTZ, Type::INT8, Type::TEXT],
    ),
    (
        "update claim set outcome = $1, pull_request_number = $2, pull_request_url = $3, head_sha = coalesce($4, head_sha), summary = $5, evidence = $6, model = $7, tokens_in = $8, tokens_out = $9, cost_usd = $10 where id = $11",
        &[
            Type::TEXT,
            Type::INT4,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::INT8,
            Type::INT8,
            Type::FLOAT8,
            Type::INT8,
        ],
    ),
    (
        "update claim set renewed_at = dispatch_now(), expires_at = greatest(expires_at, $1) where id = $2 and fence = $3 and state = 'active'",
        &[Type::TIMESTAMPTZ, Type::INT8, Type::INT8],
    ),
    (
        "update claim set state = 'ended', end_reason = $1, ended_at = dispatch_now() where id = $2 and fence = $3 and state = 'active'",
        &[Type::TEXT, Type::INT8, Type::INT8],
    ),
    (
        "update claim set state = 'ended', end_reason = $1, ended_at = dispatch_now() where id = $2 and state = 'active' and expires_at <= dispatch_now()",
        &[Type::TEXT, Type::INT8],
    ),
    (
        "update claim set state = 'ended', end_reason = $1, ended_at = dispatch_now(), ended_by = $2, end_note = $3 where id = $4 and state = 'active'",
        &[Type::TEXT, Type::TEXT, Type::TEXT, Type::INT8],
    ),
    (
        "update delivery set attempts = 0, retry_at = dispatch_now() where guid = $1 and outcome = 'failed' and retry_at is null",
        &[Type::TEXT],
    ),
    ("update delivery set attempts = attempts + 1 where guid = $1", &[Type::TEXT]),
    (
        "update delivery set outcome = $1, reason = $2, repository_id = (select id from repository where github_id = $3), issue_id = $4, pull_request_number = $5, retry_at = $6 where guid = $7",
        &[Type::TEXT, Type::TEXT, Type::INT8, Type::INT8, Type::INT4, Type::TIMESTAMPTZ, Type::TEXT],
    ),
    (
        "update evidence e set consumed_by = c.id, consumed_at = dispatch_now() from claim c join work w on w.id = c.work_id where c.id = $1 and e.pull_request_id = w.pull_request_id and w.kind = 'fix' and e.consumed_at is null and e.withdrawn_at is null and e.seen_at <= c.acquired_at",
        &[Type::INT8],
    ),
    (
        "update evidence set withdrawn_at = dispatch_now() where pull_request_id = $1 and withdrawn_at is null and consumed_at is null and not (key = any ($2::text[]))",
        &[Type::INT8, Type::TEXT_ARRAY],
    ),
    (
        "update github_budget set paused_until = greatest(paused_until, $1), paused_by = $2, seen_at = dispatch_now(), strikes = strikes + $3::integer where credential = $4 returning paused_until::timestamptz as until",
        &[Type::TIMESTAMPTZ, Type::TEXT, Type::INT4, Type::TEXT],
    ),
    (
        "update hook h set repair_wanted = true where $1::bigint = 0 or h.repository_id = $1::bigint or h.repository_id is null",
        &[Type::INT8],
    ),
    (
        "update hook set compared_until = greatest(compared_until, $1), comparing_until = null, comparing_at = null, etag = $2 where id = $3",
        &[Type::TIMESTAMPTZ, Type::TEXT, Type::INT8],
    ),
    (
        "update hook set comparing_until = $1, comparing_at = $2 where id = $3",
        &[Type::TIMESTAMPTZ, Type::TEXT, Type::INT8],
    ),
    (
        "update hook set hook_id = $1, state = $2, problems = $3, url = $4, events = $5, active = $6, has_secret = $7, last_code = $8, last_success_at = case when $8 between 200 and 299 then dispatch_now() else last_success_at end, checked_at = dispatch_now(), repair_wanted = repair_wanted and $9::boolean where id = $10",
        &[
            Type::INT8,
            Type::TEXT,
            Type::TEXT_ARRAY,
            Type::TEXT,
            Type::TEXT_ARRAY,
            Type::BOOL,
            Type::BOOL,
            Type::INT4,
            Type::BOOL,
            Type::INT8,
        ],
    ),
    (
        "update hook set last_code = $1, last_success_at = case when $1 between 200 and 299 then $2 else last_success_at end where id = $3",
        &[Type::INT4, Type::TIMESTAMPTZ, Type::INT8],
    ),
    (
        "update idempotency_key set claim_id = $1, fence = (select fence from claim where id = $1) where principal = $2 and route = $3 and key = $4",
        &[Type::INT8, Type::TEXT, Type::TEXT, Type::TEXT],
    ),
    (
        "update idempotency_key set reference = $1 where principal = $2 and route = $3 and key = $4",
        &[Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT],
    ),
    ("update intake set policy = $1", &[Type::TEXT]),
    (
        "update issue i set reread_wanted = reread_wanted + 1 from repository r where i.number = $1 and i.id <> $2 and not i.gone and r.id = i.repository_id and r.github_id = $3",
        &[Type::INT4, Type::INT8, Type::INT8],
    ),
    (
        "update issue i set seen_at = dispatch_now() from repository r where r.id = $1 and i.repository_id = r.id and i.id = any (case when $2 then r.closed_listed else r.open_listed end)",
        &[Type::INT8, Type::BOOL],
    ),
    (
        "update issue set gone = true, reread_settled = reread_wanted, version = version + 1 where id = $1",
        &[Type::INT8],
    ),
    (
        "update issue set lane = $1 where lane = $2 and not closed and not gone and not exists (select from unnest(labels) l where lower(l) like 'lane/%')",
        &[Type::TEXT, Type::TEXT],
    ),
    (
        "update issue set repository_id = $1, number = $2, title = $3, body = $4, closed = $5, state_reason = $6, url = $7, author = $8, author_association = $9, assignees = $10, comments = $11, labels = $12, github_created_at = $13, github_updated_at = $14, closed_at = $15, gone = $16, seen_at = dispatch_now(), version = version + 1 where id = $17",
        &[
            Type::INT8,
            Type::INT4,
            Type::TEXT,
            Type::TEXT,
            Type::BOOL,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT_ARRAY,
            Type::INT4,
            Type::TEXT_ARRAY,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
            Type::BOOL,
            Type::INT8,
        ],
    ),
    (
        "update issue set reread_settled = greatest(reread_settled, $1) where id = $2 and reread_settled < $1",
        &[Type::INT4, Type::INT8],
    ),
    ("update issue set reread_wanted = reread_wanted + 1 where id = $1", &[Type::INT8]),
    (
        "update issue set reread_wanted = reread_wanted + 1 where pull_request_id = $1 and not gone and ((title, body, closed) is distinct from ($2, $3, $4) or not (labels @> $5::text[] and labels <@ $5::text[]))",
        &[Type::INT8, Type::TEXT, Type::TEXT, Type::BOOL, Type::TEXT_ARRAY],
    ),
    (
        "update issue set reread_wanted = reread_wanted + 1 where repository_id = $1 and not gone and not closed and exists (select from unnest(labels) l where lower(l) = lower($2))",
        &[Type::INT8, Type::TEXT],
    ),
    ("update issue set seen_at = dispatch_now() where id = $1", &[Type::INT8]),
    (
        "update issue_dependency d set target_id = i.id from issue i join repository r on r.id = i.repository_id and not r.gone where d.target_id is null and not i.gone and i.number = d.target_number and lower(d.target_owner || '/' || d.target_name) = lower(r.owner || '/' || r.name) and (i.id = any ($1::bigint[]) or d.issue_id = any ($1::bigint[]))",
        &[Type::INT8_ARRAY],
    ),
    (
        "update job_run set finished_at = dispatch_now(), error = $1, counts = $2, succeeded_at = case when $1::text is null then dispatch_now() else succeeded_at end where job = $3",
        &[Type::TEXT, Type::JSONB, Type::TEXT],
    ),
    (
        "update lane set description = $1, claimable = $2, paused = $3, role = $4, wip_limit = $5, default_agent = $6, colour = $7 where name = $8",
        &[Type::TEXT, Type::BOOL, Type::BOOL, Type::TEXT, Type::INT4, Type::TEXT, Type::TEXT, Type::TEXT],
    ),
    ("update lane set role = null where role = $1 and name <> $2", &[Type::TEXT, Type::TEXT]),
    (
        "update missing_delivery m set state = 'recovered', settled_at = dispatch_now() where m.state = 'missing' and exists (select from delivery d where d.guid = m.guid)",
        &[],
    ),
    (
        "update missing_delivery set attempts = attempts + 1, retry_at = $1, last_error = $2 where guid = $3 and state = 'missing'",
        &[Type::TIMESTAMPTZ, Type::TEXT, Type::TEXT],
    ),
    (
        "update missing_delivery set state = 'reread', settled_at = dispatch_now(), last_error = $1 where guid = $2 and state = 'missing' returning coalesce(repository_id, 0) as repository_id, delivered_at",
        &[Type::TEXT, Type::TEXT],
    ),
    (
        "update mutation m set state = 'leased', fence = m.fence + 1, attempts = m.attempts + 1, lease_until = dispatch_now() + $1::integer * interval '1 second' from issue i join repository r on r.id = i.repository_id where m.id = $2 and i.id = m.issue_id and ((m.state = 'pending' and m.retry_at <= dispatch_now()) or (m.state = 'leased' and m.lease_until <= dispatch_now())) returning m.id, m.kind, m.intent, i.closed or i.gone as over, m.fence, m.attempts, m.desired_version, m.origin, m.correlation_id, m.wanted_by, m.issue_id, i.number, i.reread_wanted, i.version, r.owner, r.name, r.id as repository_id, r.labels_defined, m.created_at, dispatch_now() as now",
        &[Type::INT4, Type::INT8],
    ),
    (
        "update mutation set intent = $1, desired_version = desired_version + 1 where id = $2 and state in ('pending', 'leased', 'parked')",
        &[Type::JSONB, Type::INT8],
    ),
    (
        "update mutation set intent = $1, desired_version = desired_version + 1, origin = $2, correlation_id = $3, correlations = (array_remove(correlations, $3) || $3::text)[greatest(1, cardinality(correlations) - 18):], wanted_by = $4, last_error = null, attempts = 0, retry_at = dispatch_now(), state = case state when 'parked' then 'pending' else state end where id = $5",
        &[Type::JSONB, Type::TEXT, Type::TEXT, Type::TEXT, Type::INT8],
    ),
    (
        "update mutation set intent = $1, state = $2, last_error = $3, lease_until = null, written_version = case when $2 = 'applied' then desired_version else written_version end, settled_at = dispatch_now() where id = $4 and state in ('pending', 'leased', 'parked')",
        &[Type::JSONB, Type::TEXT, Type::TEXT, Type::INT8],
    ),
    (
        "update mutation set state = $1, lease_until = null, last_error = null, settled_at = dispatch_now() where id = $2 and fence = $3 and state = 'leased'",
        &[Type::TEXT, Type::INT8, Type::INT8],
    ),
    (
        "update mutation set state = 'parked', lease_until = null, last_error = $1 where id = $2 and fence = $3 and state = 'leased'",
        &[Type::TEXT, Type::INT8, Type::INT8],
    ),
    (
        "update mutation set state = 'parked', lease_until = null, last_error = $1, intent = $2, origin = $3 where id = $4 and fence = $5 and state = 'leased'",
        &[Type::TEXT, Type::JSONB, Type::TEXT, Type::INT8, Type::INT8],
    ),
    (
        "update mutation set state = 'pending', attempts = 0, last_error = null, retry_at = dispatch_now(), correlation_id = $1, correlations = (array_remove(correlations, $1) || $1::text)[greatest(1, cardinality(correlations) - 18):] where id = $2 and state = 'parked'",
        &[Type::TEXT, Type::INT8],
    ),
    (
        "update mutation set state = 'pending', lease_until = null, last_error = $1, attempts = case when $2 then attempts else attempts - 1 end, retry_at = case when desired_version > $3 then dispatch_now() else $4 end where id = $5 and fence = $6 and state = 'leased'",
        &[Type::TEXT, Type::BOOL, Type::INT4, Type::TIMESTAMPTZ, Type::INT8, Type::INT8],
    ),
    (
        "update mutation set writes = writes + $1 where id = $2 and fence = $3",
        &[Type::INT4, Type::INT8, Type::INT8],
    ),
    (
        "update pull_request set closing_references = $1 where id = $2 and closing_references <> $1",
        &[Type::TEXT_ARRAY, Type::INT8],
    ),
    (
        "update pull_request set follow_up_settled = greatest(follow_up_settled, $1), follow_up_etags = $2, follow_up_read_at = dispatch_now(), follow_up_version = follow_up_version + 1 where id = $3",
        &[Type::INT4, Type::JSONB, Type::INT8],
    ),
    (
        "update pull_request set follow_up_version = follow_up_version + 1, follow_up_etags = follow_up_etags - $1::text where id = any ($2::bigint[])",
        &[Type::TEXT, Type::INT8_ARRAY],
    ),
    (
        "update pull_request set follow_up_wanted = follow_up_wanted + 1 where id = any ($1::bigint[])",
        &[Type::INT8_ARRAY],
    ),
    (
        "update pull_request set follow_up_wanted = follow_up_wanted + 1 where repository_id = $1 and state = 'open' and checks = 'pending' and follow_up_wanted = follow_up_settled and coalesce(follow_up_read_at, github_updated_at) < dispatch_now() - interval '10 minutes'",
        &[Type::INT8],
    ),
    (
        "update pull_request set follow_up_wanted = greatest(follow_up_wanted, follow_up_settled + 1), reread_wanted = greatest(reread_wanted, reread_settled + 1) where repository_id = $1 and state = 'open' and (follow_up_wanted = follow_up_settled or reread_wanted = reread_settled)",
        &[Type::INT8],
    ),
    (
        "update pull_request set reread_settled = case when state = 'open' and mergeable is null then reread_settled else greatest(reread_settled, $1) end, reread_at = case when state = 'open' and mergeable is null then dispatch_now() + least(interval '1 hour', interval '15 seconds' * power(2, least(unknown_reads, 10))) end, unknown_reads = case when state = 'open' and mergeable is null then unknown_reads + 1 else 0 end where id = $2",
        &[Type::INT4, Type::INT8],
    ),
    (
        "update pull_request set reread_settled = reread_wanted, follow_up_settled = follow_up_wanted where id = $1",
        &[Type::INT8],
    ),
    (
        "update pull_request set reread_wanted = reread_wanted + 1, reread_at = null where id = $1",
        &[Type::INT8],
    ),
    (
        "update pull_request set reread_wanted = reread_wanted + 1, reread_at = null where repository_id = $1 and base_ref = $2 and state = 'open'",
        &[Type::INT8, Type::TEXT],
    ),
    (
        "update pull_request set reread_wanted = reread_wanted + 1, reread_at = null where repository_id = $1 and number = $2 and state = 'open'",
        &[Type::INT8, Type::INT4],
    ),
    (
        "update pull_request set review_decision = $1, checks = $2, failing_checks = $3 where id = $4 and (review_decision, checks, failing_checks) is distinct from ($1::text, $2::text, $3::text[])",
        &[Type::TEXT, Type::TEXT, Type::TEXT_ARRAY, Type::INT8],
    ),
    (
        "update repository r set owner = $1 where lower(owner) = lower($2::text) and not gone and not exists (select from repository o where not o.gone and lower(o.owner || '/' || o.name) = lower($1 || '/' || r.name))",
        &[Type::TEXT, Type::TEXT],
    ),
    ("update repository set attempted_at = dispatch_now() where id = $1", &[Type::INT8]),
    (
        "update repository set closed_etag = $1, closed_listed = $2 where id = $3",
        &[Type::TEXT, Type::INT8_ARRAY, Type::INT8],
    ),
    ("update repository set enabled = false where id = $1 and enabled", &[Type::INT8]),
    (
        "update repository set enabled = true, source = $1 where id = $2 and not enabled",
        &[Type::TEXT, Type::INT8],
    ),
    ("update repository set etag = $1, missing_since = null where id = $2", &[Type::TEXT, Type::INT8]),
    ("update repository set full_cursor = $1 where id = $2", &[Type::TIMESTAMPTZ, Type::INT8]),
    ("update repository set full_set = 'closed', full_cursor = null where id = $1", &[Type::INT8]),
    (
        "update repository set full_started_at = dispatch_now(), full_set = 'open', full_cursor = null where id = $1 returning full_started_at::timestamptz as started",
        &[Type::INT8],
    ),
    (
        "update repository set full_synced_at = coalesce(full_started_at, dispatch_now()), full_started_at = null, full_set = 'open', full_cursor = null where id = $1",
        &[Type::INT8],
    ),
    (
        "update repository set full_synced_at = null where github_id <> $1 and not gone and lower(owner || '/' || name) = lower($2::text || '/' || $3::text)",
        &[Type::INT8, Type::TEXT, Type::TEXT],
    ),
    (
        "update repository set github_id = $1 where github_id is null and not gone and lower(owner || '/' || name) = lower($2::text || '/' || $3::text)",
        &[Type::INT8, Type::TEXT, Type::TEXT],
    ),
    (
        "update repository set gone = true, enabled = false, last_error = 'Merged: this repository was known already.' where github_id is null and not gone and lower(owner || '/' || name) = lower($1::text || '/' || $2::text) returning id",
        &[Type::TEXT, Type::TEXT],
    ),
    (
        "update repository set gone = true, last_error = $1 where id = $2 and not gone",
        &[Type::TEXT, Type::INT8],
    ),
    (
        "update repository set gone = true, last_error = 'Another repository has this name now.' where github_id <> $1 and not gone and lower(owner || '/' || name) = lower($2::text || '/' || $3::text)",
        &[Type::INT8, Type::TEXT, Type::TEXT],
    ),
    (
        "update repository set installation_id = $1 where github_id = $2 and installation_id is distinct from $1",
        &[Type::INT8, Type::INT8],
    ),
    ("update repository set intake = $1 where id = $2", &[Type::TEXT, Type::INT8]),
    (
        "update repository set labels_defined = array( select distinct lower(label) from unnest(labels_defined || $1::text[]) label order by 1 ) where id = $2",
        &[Type::TEXT_ARRAY, Type::INT8],
    ),
    (
        "update repository set labels_defined = array_remove(labels_defined, lower($1)), labels_gone = (array_remove(labels_gone, lower($1)) || lower($1))[greatest(1, cardinality(labels_gone) - 48):] where id = $2",
        &[Type::TEXT, Type::INT8],
    ),
    (
        "update repository set labels_gone = array( select gone from unnest(labels_gone) with ordinality as listed (gone, place) where gone <> all (array(select lower(label) from unnest($1::text[]) label)) order by place ) where id = $2",
        &[Type::TEXT_ARRAY, Type::INT8],
    ),
    ("update repository set last_error = $1 where id = $2", &[Type::TEXT, Type::INT8]),
    (
        "update repository set last_synced_at = dispatch_now(), last_error = null, sync_cursor = greatest(sync_cursor, $1), issues_etag = $2 where id = $3",
        &[Type::TIMESTAMPTZ, Type::TEXT, Type::INT8],
    ),
    (
        "update repository set latest_commit_sha = $1, open_pr_count = $2 where id = $3",
        &[Type::TEXT, Type::INT4, Type::INT8],
    ),
    (
        "update repository set missing_since = coalesce(missing_since, dispatch_now()), gone = coalesce(missing_since < dispatch_now() - interval '1 day', false), last_error = 'GitHub does not show it any more: deleted, or our credential may not see it.' where id = $1 returning missing_since::timestamptz as since, gone",
        &[Type::INT8],
    ),
    (
        "update repository set open_etag = $1, open_listed = $2 where id = $3",
        &[Type::TEXT, Type::INT8_ARRAY, Type::INT8],
    ),
    (
        "update repository set owner = $1, name = $2, archived = $3, gone = false, enabled = enabled or $4, default_branch = coalesce($5, default_branch), github_updated_at = coalesce($6, github_updated_at) where id = $7",
        &[Type::TEXT, Type::TEXT, Type::BOOL, Type::BOOL, Type::TEXT, Type::TIMESTAMPTZ, Type::INT8],
    ),
    (
        "update repository set pulls_next = $1, pulls_since = $2 where id = $3",
        &[Type::TEXT, Type::TIMESTAMPTZ, Type::INT8],
    ),
    (
        "update repository set pulls_since = $1, pulls_next = null where id = $2",
        &[Type::TIMESTAMPTZ, Type::INT8],
    ),
    (
        "update repository set sync_cursor = greatest(sync_cursor, $1), issues_etag = null where id = $2",
        &[Type::TIMESTAMPTZ, Type::INT8],
    ),
    (
        "update repository set sync_cursor = least(sync_cursor, $1::timestamptz - interval '1 minute'), issues_etag = null where $2::bigint in (0, id) and enabled and not gone and sync_cursor is not null",
        &[Type::TIMESTAMPTZ, Type::INT8],
    ),
    (
        "update repository set wip_limit = $1, review_limit = $2, excluded_labels = $3 where id = $4",
        &[Type::INT4, Type::INT4, Type::TEXT_ARRAY, Type::INT8],
    ),
    (
        "update review set gone = true where pull_request_id = $1 and not gone and not (id = any ($2::bigint[]))",
        &[Type::INT8, Type::INT8_ARRAY],
    ),
    (
        "update review_comment set gone = true where pull_request_id = $1 and not gone and not (id = any ($2::bigint[]))",
        &[Type::INT8, Type::INT8_ARRAY],
    ),
    (
        "update review_comment set resolved = $1, resolved_at = $2 where pull_request_id = $3 and id = any ($4::bigint[]) and (resolved_at is null or resolved_at < $2)",
        &[Type::BOOL, Type::TIMESTAMPTZ, Type::INT8, Type::INT8_ARRAY],
    ),
    (
        "update review_comment set resolved = id = any ($1::bigint[]), resolved_at = dispatch_now() where pull_request_id = $2 and resolved <> (id = any ($1::bigint[]))",
        &[Type::INT8_ARRAY, Type::INT8],
    ),
    ("update sync_run set issues_synced = $1 where id = $2", &[Type::INT4, Type::INT8]),
    (
        "update sync_run set repositories_total = $1, repositories_done = $2, issues_synced = $3, results = $4 where id = $5",
        &[Type::INT4, Type::INT4, Type::INT4, Type::JSONB, Type::INT8],
    ),
    ("update sync_run set state = 'finished', finished_at = dispatch_now() where id = $1", &[Type::INT8]),
    (
        "update sync_run set state = 'running', started_at = dispatch_now() where id = $1 and (state = 'requested' or (state = 'running' and started_at < dispatch_now() - interval '15 minutes')) returning id, kind, repository_id",
        &[Type::INT8],
    ),
    (
        "update work set attempts_without_progress = $1, snoozed_until = greatest(snoozed_until, $2), hidden_agent = $3, hidden_until = $4, quarantined_at = case when $5 then coalesce(quarantined_at, dispatch_now()) end where id = $6",
        &[Type::INT4, Type::TIMESTAMPTZ, Type::TEXT, Type::TIMESTAMPTZ, Type::BOOL, Type::INT8],
    ),
    (
        "update work set attempts_without_progress = 0, snoozed_until = null, quarantined_at = null, hidden_agent = null, hidden_until = null where issue_id = $1",
        &[Type::INT8],
    ),
    (
        "update work set hidden_agent = $1, hidden_until = $2 where id = $3",
        &[Type::TEXT, Type::TIMESTAMPTZ, Type::INT8],
    ),
    (
        "update work set offered = false where kind = 'fix' and pull_request_id = $1 and offered",
        &[Type::INT8],
    ),
    ("update work set snoozed_until = $1 where issue_id = $2", &[Type::TIMESTAMPTZ, Type::INT8]),
    (
        "update work w set lane = $1 from issue i where w.issue_id = i.id and w.lane = $2 and i.lane = $1 and not i.closed and not i.gone",
        &[Type::TEXT, Type::TEXT],
    ),
    (
        "update work w set lane = $1, rank_key = coalesce(w.ready_since, w.rank_key) - $2::double precision * interval '1 second', offered = $3::boolean and s.due from ( select o.id, p.state = 'open' and not p.fork and exists ( select from evidence e where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as due from work o join pull_request p on p.id = o.pull_request_id where o.issue_id = $4 and o.kind = 'fix' ) s where w.id = s.id and w.ready_since is not null and (w.lane, w.rank_key, w.offered) is distinct from ($1, w.ready_since - $2::double precision * interval '1 second', $3::boolean and s.due)",
        &[Type::TEXT, Type::FLOAT8, Type::BOOL, Type::INT8],
    ),
    (
        "with affected as ( select unnest($1::bigint[]) as id union select d.issue_id from issue_dependency d where d.target_id = any ($1::bigint[]) union select d.target_id from issue_dependency d where d.issue_id = any ($1::bigint[]) and d.target_id is not null ), counted as ( select a.id, own.waits_for, others.unblocks, least(others.unblocks, $2::integer) * $3::integer as bonus from affected a, lateral (select count(distinct (lower(o.target_owner || '/' || o.target_name), o.target_number))::integer as waits_for from open_dependency o where o.issue_id = a.id) own, lateral (select count(distinct o.issue_id)::integer as unblocks from open_dependency o join issue i on i.id = o.issue_id and not i.closed and not i.gone where o.target_id = a.id) others ) update work w set waits_for = c.waits_for, unblocks = c.unblocks, bonus_seconds = c.bonus, rank_key = w.rank_key + make_interval(secs => w.bonus_seconds - c.bonus) from counted c where w.issue_id = c.id and w.kind = 'implement' and (w.waits_for, w.unblocks, w.bonus_seconds) is distinct from (c.waits_for, c.unblocks, c.bonus)",
        &[Type::INT8_ARRAY, Type::INT4, Type::INT4],
    ),
    (
        "with attempt as ( select c.*, c.outcome in ('pr_opened', 'pr_updated') as delivered from claim c where c.acquired_at >= $1 or c.ended_at >= $1 or c.state = 'active' ), done as ( select c.agent, count(distinct d.id) as done, count(distinct d.id) filter (where d.first_pass) as first_pass from done_issue d join claim c on c.issue_id = d.id where d.closed_at >= $1 group by c.agent ), merged as ( select m.agent, count(*) as merged, percentile_cont(0.5) within group (order by extract(epoch from m.merged_at - m.github_created_at)::double precision) as pr_to_merge_seconds from ( select distinct c.agent, p.id, p.merged_at, p.github_created_at from pull_request p join issue i on i.repository_id = p.repository_id join claim c on c.issue_id = i.id and c.pull_request_number = p.number where p.merged_at >= $1 ) m group by m.agent ), figures as ( select a.agent, count(*) filter (where a.state = 'active') as active, count(*) filter (where a.acquired_at >= $1) as claims, count(*) filter (where a.state = 'ended' and a.ended_at >= $1) as ended, count(*) filter (where a.delivered and a.ended_at >= $1) as delivered, count(*) filter (where a.outcome = 'failed' and a.ended_at >= $1) as failed, count(*) filter (where a.end_reason = 'expired' and a.ended_at >= $1) as expired, count(*) filter (where a.end_reason = 'blocked' and a.ended_at >= $1) as blocked, max(a.renewed_at) as last_seen, percentile_cont(0.5) within group (order by extract(epoch from a.ended_at - a.acquired_at)::double precision) filter (where a.outcome = 'pr_opened' and a.ended_at >= $1) as claim_to_pr_seconds, coalesce(sum(coalesce(a.tokens_in, 0) + coalesce(a.tokens_out, 0)) filter (where a.ended_at >= $1), 0)::bigint as tokens, sum(a.cost_usd) filter (where a.ended_at >= $1) as cost_usd from attempt a group by a.agent ) select agent, coalesce(active, 0) as active, coalesce(claims, 0) as claims, coalesce(ended, 0) as ended, coalesce(delivered, 0) as delivered, coalesce(done, 0) as done, coalesce(first_pass, 0) as first_pass, coalesce(merged, 0) as merged, coalesce(failed, 0) as failed, coalesce(expired, 0) as expired, coalesce(blocked, 0) as blocked, last_seen, claim_to_pr_seconds, pr_to_merge_seconds, coalesce(tokens, 0) as tokens, cost_usd from figures full join done using (agent) full join merged using (agent) order by agent",
        &[Type::TIMESTAMPTZ],
    ),
    (
        "with bound as ( update feed set pruned_below = greatest(pruned_below, greatest(0, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - $1::bigint)::text::xid8) returning pruned_below ) delete from change using bound where change.xid < bound.pruned_below",
        &[Type::INT8],
    ),
    (
        "with c as ( insert into claim (work_id, issue_id, repository_id, exclusion_key, kind, agent, lane, attempt, acquired_at, renewed_at, expires_at, resting_status, projected_agent, branch, start_head_sha, correlation_id) values ($1, $2, $3, $4, $5, $6, $7, (select count(*)::integer + 1 from claim p where p.work_id = $1), dispatch_now(), dispatch_now(), $8, $9, $10, $11, coalesce($12, (select p.head_sha from claim p where p.work_id = $1 order by p.id desc limit 1)), $13) on conflict (exclusion_key) where state = 'active' do nothing returning * ), run as ( insert into agent_run (agent, run_type, status, started_at, touched_issue_urls, claim_id, created_at) select agent, kind, 'running', acquired_at, array[$14], id, dispatch_now() from c ) select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt, c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint, c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number, c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd, c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number from c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id",
        &[
            Type::INT8,
            Type::INT8,
            Type::INT8,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TIMESTAMPTZ,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
        ],
    ),
    (
        "with old as ( update repository set gone = true, last_error = 'It was deleted on GitHub, and another one has its name now.' where github_id <> $1 and not gone and lower(owner || '/' || name) = lower($2::text || '/' || $3::text) returning source, enabled ) insert into repository (github_id, owner, name, source, enabled) select $1, $2, $3, source, enabled from old returning id",
        &[Type::INT8, Type::TEXT, Type::TEXT],
    ),
    (
        "with own_work as ( insert into work (kind, issue_id, exclusion_key, lane, offered, ready_since, rank_key) select 'implement', $1::bigint, 'issue:' || $1::bigint, $2, $3, $4, $5 where $6::boolean on conflict (issue_id) where kind = 'implement' do update set lane = excluded.lane, offered = excluded.offered, ready_since = excluded.ready_since, rank_key = excluded.rank_key - make_interval(secs => work.bonus_seconds) where (work.lane, work.offered, work.ready_since, work.rank_key) is distinct from (excluded.lane, excluded.offered, excluded.ready_since, excluded.rank_key - make_interval(secs => work.bonus_seconds)) ) update issue set status_since = case when status_since = 'epoch' then github_updated_at when status <> $7 then dispatch_now() else status_since end, status = $7, priority = $8, kind = $9, owner = $10, agent = $11, lane = $2, problems = $12, block_kind = $13, block_reason = $14, block_until = $15, attention = $16 where id = $1",
        &[
            Type::INT8,
            Type::TEXT,
            Type::BOOL,
            Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
            Type::BOOL,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT,
            Type::TEXT_ARRAY,
            Type::TEXT,
            Type::TEXT,
            Type::TIMESTAMPTZ,
            Type::TEXT,
        ],
    ),
    (
        "with recursive reached as ( select o.issue_id, o.target_id from open_dependency o where o.issue_id = any ($1::bigint[]) and o.target_id is not null union select o.issue_id, o.target_id from reached join open_dependency o on o.issue_id = reached.target_id and o.target_id is not null ) select issue_id, target_id from reached limit 20000",
        &[Type::INT8_ARRAY],
    ),
    (
        "with slot as ( select at from generate_series($1::timestamptz, dispatch_now(), ('1 ' || $2::text)::interval) at ), done as ( select date_trunc($2, d.closed_at, 'UTC') as at, count(*) as done, count(*) filter (where d.by_agents) as done_by_agents, count(*) filter (where d.first_pass) as first_pass from done_issue d where d.closed_at >= $1 group by 1 ), ended as ( select date_trunc($2, c.ended_at, 'UTC') as at, count(*) filter (where c.end_reason = 'expired') as expired, count(*) filter (where c.outcome in ('pr_opened', 'pr_updated')) as delivered, percentile_cont(0.5) within group (order by extract(epoch from c.ended_at - c.acquired_at)::double precision) filter (where c.outcome = 'pr_opened') as claim_to_pr_seconds from claim c where c.ended_at >= $1 group by 1 ), merged as ( select date_trunc($2, p.merged_at, 'UTC') as at, count(*) as merged, percentile_cont(0.5) within group (order by extract(epoch from p.merged_at - p.github_created_at)::double precision) as pr_to_merge_seconds from pull_request p where p.merged_at >= $1 and exists (select from pull_request_issue l where l.pull_request_id = p.id) group by 1 ), written as ( select date_trunc($2, m.settled_at, 'UTC') as at, count(*) as writes, percentile_cont(0.95) within group (order by extract(epoch from m.settled_at - m.created_at)::double precision) as converge_seconds from mutation m where m.state = 'applied' and m.settled_at >= $1 group by 1 ), sampled as ( select date_trunc($2, s.at, 'UTC') as at, max(s.ready) as ready, max(s.in_progress) as in_progress, max(s.writes_waiting) as writes_waiting, min(s.budget_remaining) as budget_remaining, max(s.budget_limit) as budget_limit from sample s where s.at >= $1 group by 1 ) select slot.at, coalesce(done, 0) as done, coalesce(done_by_agents, 0) as done_by_agents, coalesce(first_pass, 0) as first_pass, coalesce(expired, 0) as expired, coalesce(delivered, 0) as delivered, claim_to_pr_seconds, coalesce(merged, 0) as merged, pr_to_merge_seconds, coalesce(writes, 0) as writes, converge_seconds, ready, in_progress, writes_waiting, budget_remaining, budget_limit from slot left join done on done.at = slot.at left join ended on ended.at = slot.at left join merged on merged.at = slot.at left join written on written.at = slot.at left join sampled on sampled.at = slot.at order by slot.at",
        &[Type::TIMESTAMPTZ, Type::TEXT],
    ),
    (
        "with text as ( select id, title, body, issue_text_sha256(title, body) as hash from issue where id = $1 and issue_text_sha256(title, body) = $2::bytea ), made as ( insert into approval (issue_id, text_sha256, title, body, approved_by, approved_at) select id, hash, title, body, $3::text, dispatch_now() from text on conflict (issue_id, text_sha256) do nothing returning 1 ) select case when exists (select from made) then 'new' else 'known' end as outcome from text",
        &[Type::INT8, Type::BYTEA, Type::TEXT],
    ),
    (
        "with told as ( update claim set renewed_at = dispatch_now(), expires_at = greatest(expires_at, $1), phase = coalesce($2, phase), note = coalesce($3, note), checkpoint = coalesce($4, checkpoint), branch = coalesce($5, branch), head_sha = coalesce($6, head_sha), checkpoint_at = dispatch_now() where id = $7 and fence = $8 and state = 'active' returning id, checkpoint_at, phase, branch, head_sha ) insert into checkpoint (claim_id, at, phase, note, branch, head_sha) select id, checkpoint_at, phase, $3, branch, head_sha from told",
        &[
            Type::TIMESTAMPTZ,
            Type::TEXT,
            Type::TEXT,
            Type::JSONB,
            Type::TEXT,
            Type::TEXT,
            Type::INT8,
            Type::INT8,
        ],
    ),
    (
        "with used as ( update agent_token set last_used_at = dispatch_now() where id = $1 and (last_used_at is null or last_used_at < dispatch_now() - interval '1 minute') ) insert into agent (name, last_seen_at) select $2, dispatch_now() from set_config('synchronous_commit', 'off', true) on conflict (name) do update set last_seen_at = excluded.last_seen_at where agent.last_seen_at is null or agent.last_seen_at < excluded.last_seen_at - interval '1 minute'",
        &[Type::INT8, Type::TEXT],
    ),
    (
        "with wanted as ( select distinct on (lower(t.owner || '/' || t.name), t.number) t.* from jsonb_to_recordset($1::jsonb) as t(id bigint, owner text, name text, number integer, closed boolean) order by lower(t.owner || '/' || t.name), t.number, t.id nulls last ), gone as ( delete from issue_dependency d where d.issue_id = $2 and d.relation = $3 and d.source = $4 and not exists ( select from wanted w where lower(w.owner || '/' || w.name) = lower(d.target_owner || '/' || d.target_name) and w.number = d.target_number) returning 1 ), kept as ( insert into issue_dependency (issue_id, relation, source, target_id, target_owner, target_name, target_number, target_closed, created_at) select $2, $3, $4, id, owner, name, number, closed, dispatch_now() from wanted on conflict (issue_id, relation, source, lower(target_owner || '/' || target_name), target_number) do update set target_id = coalesce(excluded.target_id, issue_dependency.target_id), target_closed = excluded.target_closed where (issue_dependency.target_id, issue_dependency.target_closed) is distinct from (coalesce(excluded.target_id, issue_dependency.target_id), excluded.target_closed) returning 1 ) select exists (select from kept) or exists (select from gone) as changed",
        &[Type::JSONB, Type::INT8, Type::TEXT, Type::TEXT],
    ),
    (
        "with wanted as ( select i.id from issue i where i.repository_id = $1 and i.number = any ($2::integer[]) and not i.gone and i.pull_request_id is null union select i.id from unnest($3::text[]) as reference join repository r on lower(r.owner || '/' || r.name) = split_part(reference, '#', 1) and not r.gone join issue i on i.repository_id = r.id and i.number::text = split_part(reference, '#', 2) and not i.gone and i.pull_request_id is null union select i.id from claim c join issue i on i.id = c.issue_id and i.repository_id = $1 and not i.gone and i.pull_request_id is null where c.branch = $4::text and not $5::boolean union select i.id from claim c join issue i on i.id = c.issue_id and i.repository_id = $1 and not i.gone and i.pull_request_id is null where c.pull_request_number = $6::integer ), its as ( select id from wanted union all select i.id from issue i where i.pull_request_id = $7 and not i.gone and not exists (select from wanted) ), unlinked as ( delete from pull_request_issue where pull_request_id = $7 and issue_id not in (select id from its) ) insert into pull_request_issue (pull_request_id, issue_id) select $7, id from its on conflict do nothing",
        &[Type::INT8, Type::INT4_ARRAY, Type::TEXT_ARRAY, Type::TEXT, Type::BOOL, Type::INT4, Type::INT8],
    ),
];
