--- One run per kind and repository at a time; no row means that one is under way.
--! request_run (repository_id?)
insert into sync_run (kind, repository_id, requested_by, requested_at)
values (:kind, :repository_id, :requested_by, dispatch_now())
on conflict (kind, coalesce(repository_id, 0)) where state <> 'finished' do nothing
returning id;

--! unfinished_run (repository_id?)
select id from sync_run
where kind = :kind and coalesce(repository_id, 0) = coalesce(:repository_id::bigint, 0) and state <> 'finished';

--- Starts a run once: a run that crashed may be started again after a quarter of an hour.
--! start_run : (repository_id?)
update sync_run set state = 'running', started_at = dispatch_now()
where id = :id
  and (state = 'requested' or (state = 'running' and started_at < dispatch_now() - interval '15 minutes'))
returning id, kind, repository_id;

--! progress_run
update sync_run set repositories_total = :total, repositories_done = :done, issues_synced = :issues, results = :results
where id = :id;

--- How far it is within one repository.
--! progress_issues
update sync_run set issues_synced = :issues where id = :id;

--! finish_run
update sync_run set state = 'finished', finished_at = dispatch_now() where id = :id;

--: RunRow(owner?, name?, started_at?, finished_at?)

--! run_by_id : RunRow
select s.id, s.kind, r.owner, r.name, s.state, s.requested_by, s.requested_at, s.started_at, s.finished_at,
  s.repositories_total, s.repositories_done, s.issues_synced, s.results
from sync_run s left join repository r on r.id = s.repository_id where s.id = :id;

--! recent_runs : RunRow
select s.id, s.kind, r.owner, r.name, s.state, s.requested_by, s.requested_at, s.started_at, s.finished_at,
  s.repositories_total, s.repositories_done, s.issues_synced, s.results
from sync_run s left join repository r on r.id = s.repository_id order by s.id desc limit :most;

--- Runs that were asked for and never started, or whose process died.
--! stranded_runs
select id from sync_run
where (state = 'requested' and requested_at < dispatch_now() - interval '1 minute')
   or (state = 'running' and started_at < dispatch_now() - interval '15 minutes')
order by id limit :most;

--! start_job
insert into job_run (job, started_at) values (:job, dispatch_now())
on conflict (job) do update set started_at = excluded.started_at, finished_at = null;

--! finish_job (error?)
update job_run set finished_at = dispatch_now(), error = :error, counts = :counts,
  succeeded_at = case when :error::text is null then dispatch_now() else succeeded_at end
where job = :job;

--! jobs : (finished_at?, succeeded_at?, error?)
select job, started_at, finished_at, succeeded_at, error, counts from job_run order by job;

--- The cause: a write of ours was under way, so both edited in the same moment; or a delivery about it had come since, so
--- taking it in is our own mistake; else no event told.
--! record_drift (before?, after?)
insert into drift (at, repository_id, issue_id, what, before, after, cause)
values (dispatch_now(), :repository_id, :issue_id, :what, :before, :after, case
  when exists (
    select from mutation m where m.issue_id = :issue_id and m.created_at <= :changed_at::timestamptz + interval '2 seconds'
      and coalesce(m.settled_at, 'infinity') >= :changed_at::timestamptz - interval '2 seconds' and m.writes > 0
  ) then 'edit_during_write'
  when exists (
    select from delivery d where d.issue_id = :issue_id and d.received_at >= :changed_at::timestamptz - interval '1 second'
      and d.outcome <> 'ignored'
  ) then 'own_bug'
  else 'missed_event'
end);

--- Issues whose state only a read can tell.
--! issues_to_reread
select i.id, i.number, i.reread_wanted, i.version, r.owner, r.name, r.id as repository_id
from issue i join repository r on r.id = i.repository_id
where i.reread_wanted > i.reread_settled and r.enabled and not r.gone
order by i.seen_at
limit :most;

--! pull_requests_to_reread
select p.id, p.number, p.reread_wanted, r.owner, r.name, r.id as repository_id
from pull_request p join repository r on r.id = p.repository_id
where p.reread_wanted > p.reread_settled and r.enabled and not r.gone
  and (p.reread_at is null or p.reread_at <= dispatch_now())
order by p.reread_at nulls first, p.id
limit :most;

--- Issues of a set that its list, read since `started`, did not contain; of closed ones as far back as the list goes.
--! unseen_issues (since?)
select id, number, reread_wanted, version from issue
where repository_id = :repository_id and closed = :closed and not gone and pull_request_id is null and seen_at < :started
  and (:since::timestamptz is null or github_updated_at >= :since)
order by id limit :most;

--- A list that has not changed shows them still.
--! still_listed
update issue i set seen_at = dispatch_now()
from repository r
where r.id = :repository_id and i.repository_id = r.id
  and i.id = any (case when :closed then r.closed_listed else r.open_listed end);

--! prune_audit
delete from audit_event where id in (
  select id from audit_event where at < dispatch_now() - :days::integer * interval '1 day' limit 5000
);

--! prune_drift
delete from drift where id in (
  select id from drift where at < dispatch_now() - :days::integer * interval '1 day' limit 5000
);

--! prune_mutations
delete from mutation where id in (
  select id from mutation where state in ('applied', 'superseded') and created_at < dispatch_now() - :days::integer * interval '1 day' limit 5000
);

--! prune_runs
delete from sync_run where id in (
  select id from sync_run where state = 'finished' and finished_at < dispatch_now() - :days::integer * interval '1 day' limit 5000
);

--! prune_checkpoints
delete from checkpoint where id in (
  select id from checkpoint where at < dispatch_now() - :days::integer * interval '1 day' limit 5000
);

--! prune_stale_reports
delete from stale_report where id in (
  select id from stale_report where received_at < dispatch_now() - :days::integer * interval '1 day' limit 5000
);
