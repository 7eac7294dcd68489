--- Whether the database answers, in one row.
--! alive
select true as alive;

--! backlog : (oldest_write_at?, next_write_at?, oldest_missing_at?, compared_until?)
select dispatch_now() as now,
  (select count(*) from mutation where state in ('pending', 'leased')) as writes_waiting,
  (select count(*) from mutation where state = 'pending' and retry_at <= dispatch_now()) as writes_due,
  (select count(*) from mutation where state = 'parked') as writes_parked,
  (select min(created_at) from mutation where state in ('pending', 'leased')) as oldest_write_at,
  (select min(retry_at) from mutation where state = 'pending') as next_write_at,
  (select count(*) from delivery where outcome = 'failed') as deliveries_failed,
  (select count(*) from delivery where outcome = 'unreadable') as deliveries_unreadable,
  (select count(*) from missing_delivery m where state = 'missing'
   and not exists (select from delivery d where d.guid = m.guid)) as deliveries_missing,
  (select min(delivered_at) from missing_delivery where state = 'missing') as oldest_missing_at,
  (select min(compared_until) from hook where compared_until is not null) as compared_until,
  (select count(*) from hook where state <> 'ok') as hooks_in_trouble,
  (select count(*) from issue where reread_wanted > reread_settled) as rereads_wanted,
  (select count(*) from claim where state = 'active') as claims_active,
  (select count(*) from claim where state = 'active' and expires_at <= dispatch_now()) as claims_expired,
  (select count(*) from repository where enabled and not gone) as repositories,
  (select count(*) from repository where enabled and not gone and last_error is not null) as repositories_in_trouble;

--- Readers of the feed wait for the oldest transaction that writes: since when it runs, in seconds.
--! feed_lag
select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 as seconds,
  (select count(*) from change) as changes
from pg_stat_activity
where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid();

--- How long a change took to be on GitHub, and what it cost, in the past day.
--! convergence : (median_seconds?, slowest_seconds?, writes_each?)
select count(*) as settled,
  percentile_cont(0.5) within group (order by extract(epoch from settled_at - created_at))::float8 as median_seconds,
  percentile_cont(0.99) within group (order by extract(epoch from settled_at - created_at))::float8 as slowest_seconds,
  avg(writes)::float8 as writes_each
from mutation
where state = 'applied' and settled_at > dispatch_now() - interval '1 day';

--- Differences that no webhook had told in the past day, by cause.
--! drift_by_cause
select coalesce(cause, 'missed_event') as cause, count(*) as drifts
from drift where at > dispatch_now() - interval '1 day' group by 1 order by 1;
