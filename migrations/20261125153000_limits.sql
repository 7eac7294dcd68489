-- How much may be in hand at a time, labels that keep issues from agents, and the queue as one decision sees it.

alter table repository
  -- Active claims at the same time. Null: as many as there are.
  add column wip_limit integer constraint repository_wip_limit_fits check (wip_limit between 0 and 10000),
  -- Results that wait for people: issues in review, and the claims that are on their way there. Null: no limit.
  add column review_limit integer constraint repository_review_limit_fits check (review_limit between 0 and 10000),
  -- An issue with one of these labels is not given to agents.
  add column excluded_labels text[] not null default '{}';

-- Claims are counted by where the issue was when it was handed out.
alter table claim add column repository_id bigint references repository;
update claim c set repository_id = i.repository_id from issue i where i.id = c.issue_id;

-- What is counted under a limit's lock, and what is looked up for every candidate.
create index claim_active_by_lane on claim (lane) where state = 'active';
create index claim_active_by_repository on claim (repository_id) where state = 'active';
create index issue_in_review on issue (repository_id) where status = 'in-review' and not gone;
create index work_fix_offered on work (exclusion_key) where kind = 'fix' and offered;
-- Read to say why nothing was handed out.
create index issue_not_ready on issue (id) where not closed and not gone and status <> 'ready';

-- Work with all that the gates look at, but for what is counted.
create view candidate as
select dispatch_now() as now, w.id as work_id, w.kind, w.issue_id, w.pull_request_id, w.exclusion_key, w.lane,
  w.offered, w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent,
  w.hidden_until, w.kind = 'implement' and exists (
    select from work f where f.exclusion_key = w.exclusion_key and f.kind = 'fix' and f.offered) as fix_offered,
  i.number, i.title, i.status, i.priority, i.agent, i.closed, i.gone or r.gone as gone, i.labels,
  r.id as repository_id, r.owner, r.name, r.enabled, r.archived,
  coalesce(r.intake, (select policy from intake)) as intake, i.author_association,
  case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a
    where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved,
  c.id as claim_id, c.agent as claim_agent, c.expires_at as claim_expires_at, c.resting_status as claim_resting,
  c.projected_agent as claim_projected_agent
from work w
join issue i on i.id = w.issue_id
join repository r on r.id = i.repository_id
left join claim c on c.exclusion_key = w.exclusion_key and c.state = 'active';

-- Requests that wait for work, so that their number is bounded across all processes. A row that is over counts for
-- nothing, whoever left it.
create table claim_wait (
  agent text primary key,
  until timestamptz not null
);
