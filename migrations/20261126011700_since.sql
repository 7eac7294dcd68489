-- How long an issue has stood in its column, every checkpoint of a claim, and what counts as done at the first attempt.

-- Since when the issue has this status, as far as it is known: of what was found with it, the last change GitHub told.
alter table issue add column status_since timestamptz not null default dispatch_now();
update issue set status_since = github_updated_at;

-- Each checkpoint without its data; what the next attempt gets back is on the claim.
create table checkpoint (
  id bigint generated always as identity primary key,
  claim_id bigint not null references claim on delete cascade,
  at timestamptz not null,
  phase text not null,
  note text,
  branch text,
  head_sha text
);
create index checkpoint_by_claim on checkpoint (claim_id, id desc);
create index checkpoint_by_time on checkpoint (at);
insert into checkpoint (claim_id, at, phase, note, branch, head_sha)
select id, checkpoint_at, phase, note, branch, head_sha from claim where checkpoint_at is not null;

-- What was closed as done. First pass: an agent's one and only attempt at it brought its pull request.
create view done_issue as
select i.id, i.closed_at, t.attempts > 0 as by_agents, t.attempts = 1 and t.delivered = 1 as first_pass
from issue i
join repository r on r.id = i.repository_id and not r.gone
cross join lateral (
  select count(*) as attempts, count(*) filter (where c.outcome in ('pr_opened', 'pr_updated')) as delivered
  from claim c where c.issue_id = i.id
) t
where i.closed and not i.gone and i.state_reason is distinct from 'not_planned';
