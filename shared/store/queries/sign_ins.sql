--- For how many seconds somebody has to wait, if any of their counters is full.
--! refused_for : (seconds?)
select ceil(extract(epoch from max(f.since) + interval '15 minutes' - dispatch_now()))::bigint as seconds
from unnest(:buckets::text[], :most::integer[]) as b (bucket, most)
join sign_in_failure f on f.bucket = b.bucket and f.failures >= b.most
where f.since > dispatch_now() - interval '15 minutes';

--- In the order of their names, so that two who count at once do not wait for each other.
--! count_failure
insert into sign_in_failure (bucket, failures, since)
select bucket, 1, dispatch_now() from unnest(:buckets::text[]) bucket order by bucket
on conflict (bucket) do update set
  failures = case when sign_in_failure.since > dispatch_now() - interval '15 minutes' then sign_in_failure.failures + 1 else 1 end,
  since = case when sign_in_failure.since > dispatch_now() - interval '15 minutes' then sign_in_failure.since else excluded.since end;

--! forget_failures
delete from sign_in_failure where bucket = :bucket;

--! prune_failures
delete from sign_in_failure where since < dispatch_now() - interval '1 day';
