--! intake_policy
select policy from intake;

--! intake_of_repositories
select owner, name, intake from repository
where intake is not null and not gone order by lower(owner || '/' || name);

--- Whoever changes it does so after another.
--! lock_intake
select policy from intake for no key update;

--! lock_repository_intake : (intake?)
select intake from repository where id = :id for no key update;

--! set_intake
update intake set policy = :policy;

--! set_repository_intake (policy?)
update repository set intake = :policy where id = :id;

--- Every card may have another reason to wait now; 0 means those of all repositories.
--! cards_changed
insert into change (entity, id)
select 'issue', id from issue
where not closed and not gone and (:repository_id::bigint = 0 or repository_id = :repository_id)
on conflict do nothing;

--- No row: the text has another hash. `known`: it was approved before.
--! approve
with text as (
  select id, title, body, issue_text_sha256(title, body) as hash from issue
  where id = :issue_id and issue_text_sha256(title, body) = :text_sha256::bytea
), made as (
  insert into approval (issue_id, text_sha256, title, body, approved_by, approved_at)
  select id, hash, title, body, :approved_by::text, dispatch_now() from text
  on conflict (issue_id, text_sha256) do nothing
  returning 1
)
select case when exists (select from made) then 'new' else 'known' end as outcome from text;

--- The last text that was approved, beside the question whether the present one is.
--! text_for_agents : (title?, body?)
select coalesce(r.intake, (select policy from intake)) as intake,
  exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) as approved,
  a.title, a.body
from issue i
join repository r on r.id = i.repository_id
left join lateral (
  select title, body from approval where issue_id = i.id order by approved_at desc, id desc limit 1
) a on true
where i.id = :id;
