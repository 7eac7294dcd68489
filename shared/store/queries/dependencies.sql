--- One source's whole set of one relation. `targets` is a list of {id, owner, name, number, closed}.
--! replace_dependencies
with wanted as (
  select distinct on (lower(t.owner || '/' || t.name), t.number) t.*
  from jsonb_to_recordset(:targets::jsonb) as t(id bigint, owner text, name text, number integer, closed boolean)
  order by lower(t.owner || '/' || t.name), t.number, t.id nulls last
), gone as (
  delete from issue_dependency d
  where d.issue_id = :issue_id and d.relation = :relation and d.source = :source and not exists (
    select from wanted w
    where lower(w.owner || '/' || w.name) = lower(d.target_owner || '/' || d.target_name) and w.number = d.target_number)
  returning 1
), kept as (
  insert into issue_dependency
    (issue_id, relation, source, target_id, target_owner, target_name, target_number, target_closed, created_at)
  select :issue_id, :relation, :source, id, owner, name, number, closed, dispatch_now() from wanted
  on conflict (issue_id, relation, source, lower(target_owner || '/' || target_name), target_number) do update set
    target_id = coalesce(excluded.target_id, issue_dependency.target_id), target_closed = excluded.target_closed
  where (issue_dependency.target_id, issue_dependency.target_closed) is distinct from
    (coalesce(excluded.target_id, issue_dependency.target_id), excluded.target_closed)
  returning 1
)
select exists (select from kept) or exists (select from gone) as changed;

--! add_dependency (target_id?, target_closed?)
insert into issue_dependency
  (issue_id, relation, source, target_id, target_owner, target_name, target_number, target_closed, created_at)
values (:issue_id, :relation, 'native', :target_id, :owner, :name, :number, :target_closed, dispatch_now())
on conflict (issue_id, relation, source, lower(target_owner || '/' || target_name), target_number) do update set
  target_id = coalesce(excluded.target_id, issue_dependency.target_id), target_closed = excluded.target_closed;

--! remove_dependency (target_id?)
delete from issue_dependency d
where d.issue_id = :issue_id and d.relation = :relation and d.source = 'native' and (d.target_id = :target_id
  or lower(d.target_owner || '/' || d.target_name) = lower(:owner::text || '/' || :name::text)
    and d.target_number = :number);

--- Whether anything is known to hang on an issue's being open.
--! feels_openness
select exists (select from issue_dependency d where d.target_id = :id or d.issue_id = :id)
  or exists (
    select from issue i
    join repository r on r.id = i.repository_id
    join issue_dependency d on d.target_id is null and d.target_number = i.number
      and lower(d.target_owner || '/' || d.target_name) = lower(r.owner || '/' || r.name)
    where i.id = :id) as felt;

--- One settles at a time: only so do later counts overwrite earlier ones. Journeys never take this lock.
--! lock_settling
select pg_advisory_xact_lock(1145329764) is null as locked;

--! take_dependency_changes
delete from dependency_change
where id in (select id from dependency_change order by id limit :most)
returning issue_id;

--- What was named before it was seen, and is known by now.
--! find_unseen_targets
update issue_dependency d set target_id = i.id
from issue i join repository r on r.id = i.repository_id and not r.gone
where d.target_id is null and not i.gone and i.number = d.target_number
  and lower(d.target_owner || '/' || d.target_name) = lower(r.owner || '/' || r.name)
  and (i.id = any (:ids::bigint[]) or d.issue_id = any (:ids::bigint[]));

--- Counts anew for the given issues, for those that wait for them and for those that they wait for.
--! count_dependencies
with affected as (
  select unnest(:ids::bigint[]) as id
  union select d.issue_id from issue_dependency d where d.target_id = any (:ids::bigint[])
  union select d.target_id from issue_dependency d where d.issue_id = any (:ids::bigint[]) and d.target_id is not null
), counted as (
  select a.id, own.waits_for, others.unblocks, least(others.unblocks, :most::integer) * :each_seconds::integer as bonus
  from affected a,
    lateral (select count(distinct (lower(o.target_owner || '/' || o.target_name), o.target_number))::integer as waits_for
      from open_dependency o where o.issue_id = a.id) own,
    lateral (select count(distinct o.issue_id)::integer as unblocks
      from open_dependency o join issue i on i.id = o.issue_id and not i.closed and not i.gone
      where o.target_id = a.id) others
)
update work w set
  waits_for = c.waits_for, unblocks = c.unblocks, bonus_seconds = c.bonus,
  rank_key = w.rank_key + make_interval(secs => w.bonus_seconds - c.bonus)
from counted c
where w.issue_id = c.id and w.kind = 'implement'
  and (w.waits_for, w.unblocks, w.bonus_seconds) is distinct from (c.waits_for, c.unblocks, c.bonus);

--- What an issue waits for, open or done.
--! waits_of_issue : (target_id?, title?)
select d.target_id, d.target_owner as owner, d.target_name as name, d.target_number as number, t.title, d.relation,
  d.source, o.id is not null as open
from issue_dependency d
left join open_dependency o on o.id = d.id
left join issue t on t.id = d.target_id
where d.issue_id = :issue_id
order by open desc, lower(d.target_owner || '/' || d.target_name), d.target_number, d.source;

--- Open issues that wait for an issue.
--! waiting_for_issue
select i.id, r.owner, r.name, i.number, i.title, d.relation, d.source
from issue_dependency d
join issue i on i.id = d.issue_id and not i.closed and not i.gone
join repository r on r.id = i.repository_id
where d.target_id = :issue_id and d.issue_id <> d.target_id
order by lower(r.owner || '/' || r.name), i.number, d.source;

--- Who waits for whom, from the given issues on, as far as everything is open: circles are in there.
--! waits_from
with recursive reached as (
  select o.issue_id, o.target_id from open_dependency o
  where o.issue_id = any (:issues::bigint[]) and o.target_id is not null
  union
  select o.issue_id, o.target_id from reached
  join open_dependency o on o.issue_id = reached.target_id and o.target_id is not null
)
select issue_id, target_id from reached limit 20000;

--! references_of_issues
select i.id, r.owner, r.name, i.number from issue i join repository r on r.id = i.repository_id
where i.id = any (:issues::bigint[]);

--- How many relations of GitHub's own are known of each issue.
--! native_relations
select issue_id, relation, count(*) as known from issue_dependency
where source = 'native' and issue_id = any(:ids::bigint[])
group by issue_id, relation;
