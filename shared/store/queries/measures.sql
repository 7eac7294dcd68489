--- How far readers of the feed are behind: the age of the oldest transaction that has changed something and still runs.
--! feed_lag_seconds
select coalesce(extract(epoch from clock_timestamp() - min(xact_start)), 0)::double precision as seconds
from pg_stat_activity
where datname = current_database() and backend_xid is not null;

--! drift_since_job_began
select coalesce(d.cause, 'missed_event') as cause, count(*) as count
from drift d join job_run j on j.job = :job and d.at >= j.started_at
group by 1
order by 1;
