--- Where the feed stands in this snapshot: everything below `horizon` is visible and final.
--! feed_position
select epoch::text as epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
  pg_current_snapshot()::text as snapshot, pruned_below::text::bigint as pruned_below, dispatch_now() as now
from feed;

--! changes_since
select distinct entity, id from change
where xid >= :after::bigint::text::xid8 and xid < pg_snapshot_xmin(pg_current_snapshot())
limit :most;

--- Whether that snapshot shows what this one does: it is not older than what was forgotten, nothing shown has changed in
--- a transaction that it did not see, and the time has not come that changes something by itself. The newest change is
--- looked at, not whether one exists: for that a plan that serves all parameters would read the whole feed.
--! still_true (until?)
select feed.epoch::text = :epoch
  and feed.pruned_below <= pg_snapshot_xmin(:snapshot::text::pg_snapshot)
  and (:until::timestamptz is null or dispatch_now() < :until)
  and (select true from change
    where xid >= pg_snapshot_xmin(:snapshot::text::pg_snapshot)
      and not pg_visible_in_snapshot(xid, :snapshot::text::pg_snapshot)
    order by xid desc limit 1) is null as holds
from feed;

--! prune_feed
with bound as (
  update feed set pruned_below =
    greatest(pruned_below, greatest(0, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - :keep::bigint)::text::xid8)
  returning pruned_below
)
delete from change using bound where change.xid < bound.pruned_below;

--- Rows that readers cannot have yet, because a transaction older than them is still running.
--! feed_lag
select count(*) as waiting from change where xid >= pg_snapshot_xmin(pg_current_snapshot());

--- Whether anything changed in transactions from that horizon on, and where it is now.
--! changed_since
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
  (select true from change where xid >= :since::bigint::text::xid8 order by xid desc limit 1) is not null as changed;
