-- What waits for what: GitHub's own relations between issues, and those that an issue's text names.

create table issue_dependency (
  id bigint generated always as identity primary key,
  -- The issue that waits. GitHub may tell the relation before the issue itself, so it need not be cached.
  issue_id bigint not null,
  -- `blocked_by`: until the other is done. `sub_issue`: a parent until its sub-issue is done.
  relation text not null constraint issue_dependency_relation_known check (relation in ('blocked_by', 'sub_issue')),
  source text not null constraint issue_dependency_source_known check (source in ('native', 'body')),
  -- What it waits for: GitHub's id, once it is known, and how people say it.
  target_id bigint,
  target_owner text not null,
  target_name text not null,
  target_number integer not null,
  -- As GitHub told it with the relation; counts while the target is in no tracked repository. Null: nobody told.
  target_closed boolean,
  created_at timestamptz not null default now()
);
create unique index issue_dependency_once
  on issue_dependency (issue_id, relation, source, lower(target_owner || '/' || target_name), target_number);
create index issue_dependency_by_target on issue_dependency (target_id);
-- A target that is not seen yet is found when it appears.
create index issue_dependency_unseen on issue_dependency (lower(target_owner || '/' || target_name), target_number)
  where target_id is null;

-- What is open, of what the relations name.
create view open_dependency as
select d.id, d.issue_id, d.relation, d.source, d.target_id, d.target_owner, d.target_name, d.target_number
from issue_dependency d
left join issue t on t.id = d.target_id
left join repository r on r.id = t.repository_id and r.enabled and not r.gone
where case when r.id is not null then not t.closed and not t.gone else d.target_closed = false end
  and d.target_id is distinct from d.issue_id;

-- Issues whose relations, or whose being open, changed since `work` was counted. Written in the transaction of the
-- change, and settled after it and before anybody searches: no journey needs the lock of a second issue.
create table dependency_change (
  id bigint generated always as identity primary key,
  issue_id bigint not null
);

alter table work
  -- Open issues that this one waits for.
  add column waits_for integer not null default 0,
  -- Open issues that wait for this one.
  add column unblocks integer not null default 0,
  -- What that is worth: `rank_key` is so much earlier.
  add column bonus_seconds integer not null default 0;

-- The queue as it is searched: what waits, or is quarantined, is not even looked at.
create index work_open on work (rank_key, id) where offered and waits_for = 0 and quarantined_at is null;
create index work_open_of_lane on work (lane, rank_key, id) where offered and waits_for = 0 and quarantined_at is null;

-- Cards show what they wait for.
create trigger feed after insert or update on issue_dependency for each row execute function feed_issue_of();
create trigger feed_unlinked after delete on issue_dependency for each row execute function feed_issue_unlinked();
