--- Two instances may tell of one hour in any order: the one that used more of it is the later. GitHub's reset moves by
--- a second or two within an hour. After a while without a limit the next one is the first again.
--! write_budget
insert into github_budget as known (credential, "limit", remaining, reset_at, seen_at)
values (:credential, :limit, :remaining, :reset_at, dispatch_now())
on conflict (credential) do update set
  "limit" = excluded."limit",
  remaining = case
    when abs(extract(epoch from excluded.reset_at - known.reset_at)) < 60 then least(excluded.remaining, known.remaining)
    when excluded.reset_at > known.reset_at then excluded.remaining
    else known.remaining
  end,
  reset_at = greatest(excluded.reset_at, known.reset_at),
  strikes = case when known.paused_until > dispatch_now() - interval '10 minutes' then known.strikes else 0 end,
  seen_at = excluded.seen_at;

--! budget : (paused_until?, paused_by?, next_write_at?)
select "limit", remaining, reset_at, paused_until, paused_by, next_write_at, strikes, dispatch_now() as now
from github_budget where credential = :credential;

--! lock_budget
insert into github_budget (credential, "limit", remaining, reset_at, seen_at)
values (:credential, 0, 0, dispatch_now(), dispatch_now())
on conflict (credential) do update set credential = excluded.credential
returning strikes, dispatch_now()::timestamptz as now;

--! pause
update github_budget set
  paused_until = greatest(paused_until, :until), paused_by = :by, seen_at = dispatch_now(),
  strikes = strikes + :strike::integer
where credential = :credential
returning paused_until::timestamptz as until;

--- Takes the next turn to write if it comes within `patience`. No row: it comes later.
--! take_turn
insert into github_budget as known (credential, "limit", remaining, reset_at, seen_at, next_write_at)
values (:credential, 0, 0, dispatch_now(), dispatch_now(), dispatch_now() + :interval::integer * interval '1 millisecond')
on conflict (credential) do update set
  next_write_at = greatest(known.next_write_at, dispatch_now()) + :interval::integer * interval '1 millisecond'
where known.next_write_at is null
  or known.next_write_at <= dispatch_now() + :patience::integer * interval '1 millisecond'
returning (next_write_at - :interval::integer * interval '1 millisecond')::timestamptz as turn, dispatch_now()::timestamptz as now;

--! budgets : (paused_until?, paused_by?)
select credential, "limit", remaining, reset_at, paused_until, paused_by, seen_at, dispatch_now() as now
from github_budget order by credential;
