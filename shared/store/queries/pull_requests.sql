--- One commit at a time: a check of it and a pull request that gets it must see each other. Taken before any row.
--! lock_commit
select pg_advisory_xact_lock(hashtextextended(:repository_id::bigint || ':' || :sha::text, 0)) is null as locked;

--- Not a key: links to it may be made meanwhile.
--! lock_pull_request : (author?, mergeable?, merged_at?)
select id, number, title, body, state, draft, url, author, head_ref, head_sha, base_ref, fork, mergeable, labels,
  github_created_at, github_updated_at, merged_at, reread_wanted
from pull_request where id = :id for no key update;

--! other_of_number
select id from pull_request where repository_id = :repository_id and number = :number and id <> :id;

--- Mergeability that was known stays known until the branch, its base or a read says otherwise. An open pull request of
--- which it is not known wants a read.
--! upsert_pull_request (author?, mergeable?, merged_at?)
insert into pull_request as p (id, repository_id, number, title, body, state, draft, url, author, head_ref, head_sha,
  base_ref, fork, mergeable, labels, github_created_at, github_updated_at, merged_at, closes, reread_wanted)
values (:id, :repository_id, :number, :title, :body, :state, :draft, :url, :author, :head_ref, :head_sha,
  :base_ref, :fork, :mergeable, :labels, :github_created_at, :github_updated_at, :merged_at, :closes,
  case when :state = 'open' and :mergeable::boolean is null then 1 else 0 end)
on conflict (id) do update set
  title = excluded.title, body = excluded.body, state = excluded.state, draft = excluded.draft, url = excluded.url,
  author = excluded.author, head_ref = excluded.head_ref, head_sha = excluded.head_sha, base_ref = excluded.base_ref,
  fork = excluded.fork, labels = excluded.labels, github_updated_at = excluded.github_updated_at,
  merged_at = excluded.merged_at, closes = excluded.closes,
  mergeable = case
    when excluded.mergeable is null and (p.head_sha, p.base_ref) = (excluded.head_sha, excluded.base_ref)
    then p.mergeable else excluded.mergeable end,
  reread_wanted = p.reread_wanted + case
    when excluded.state = 'open' and excluded.mergeable is null
      and (p.mergeable is null or (p.head_sha, p.base_ref) <> (excluded.head_sha, excluded.base_ref))
    then 1 else 0 end,
  follow_up_etags = case when p.head_sha = excluded.head_sha then p.follow_up_etags else '{}' end
where p.github_updated_at <= excluded.github_updated_at;

--! want_pull_request_reread
update pull_request set reread_wanted = reread_wanted + 1, reread_at = null where id = :id;

--! want_reread_by_number
update pull_request set reread_wanted = reread_wanted + 1, reread_at = null
where repository_id = :repository_id and number = :number and state = 'open';

--- What merges into this branch may conflict by now.
--! want_reread_by_base
update pull_request set reread_wanted = reread_wanted + 1, reread_at = null
where repository_id = :repository_id and base_ref = :branch and state = 'open';

--- GitHub computes mergeability when it is asked: what it does not know yet is asked for again, ever more seldom.
--! settle_pull_request_reread
update pull_request set
  reread_settled = case when state = 'open' and mergeable is null then reread_settled
    else greatest(reread_settled, :up_to) end,
  reread_at = case when state = 'open' and mergeable is null
    then dispatch_now() + least(interval '1 hour', interval '15 seconds' * power(2, least(unknown_reads, 10))) end,
  unknown_reads = case when state = 'open' and mergeable is null then unknown_reads + 1 else 0 end
where id = :id;

--! forget_pull_request_reread
update pull_request set reread_settled = reread_wanted, follow_up_settled = follow_up_wanted where id = :id;

--- A pull request that was seen before its issue.
--! link_pull_requests
insert into pull_request_issue (pull_request_id, issue_id)
select p.id, :issue_id::bigint from pull_request p where p.repository_id = :repository_id and :number = any (p.closes)
union
select p.id, :issue_id::bigint from pull_request p where :reference = any (p.closing_references)
on conflict do nothing
returning pull_request_id;

--- The issues it belongs to: named by a keyword in its text or by its branch, counted as closed by GitHub itself, or
--- those of the claims that were given its branch or named its number. Nothing is read from the branch of a fork. One
--- that belongs to none has its own card, if there is one.
--! link_issues
with wanted as (
  select i.id from issue i
  where i.repository_id = :repository_id and i.number = any (:numbers::integer[]) and not i.gone
    and i.pull_request_id is null
  union
  select i.id from unnest(:references::text[]) as reference
  join repository r on lower(r.owner || '/' || r.name) = split_part(reference, '#', 1) and not r.gone
  join issue i on i.repository_id = r.id and i.number::text = split_part(reference, '#', 2) and not i.gone
    and i.pull_request_id is null
  union
  select i.id from claim c join issue i on i.id = c.issue_id and i.repository_id = :repository_id and not i.gone
    and i.pull_request_id is null
  where c.branch = :branch::text and not :fork::boolean
  union
  select i.id from claim c join issue i on i.id = c.issue_id and i.repository_id = :repository_id and not i.gone
    and i.pull_request_id is null
  where c.pull_request_number = :number::integer
), its as (
  select id from wanted
  union all
  select i.id from issue i
  where i.pull_request_id = :pull_request_id and not i.gone and not exists (select from wanted)
), unlinked as (
  delete from pull_request_issue
  where pull_request_id = :pull_request_id and issue_id not in (select id from its)
)
insert into pull_request_issue (pull_request_id, issue_id)
select :pull_request_id, id from its
on conflict do nothing;

--- Open pull requests that ask for a fix, belong to no issue, and have no card. Nobody but its author can push to a fork.
--! cards_wanted : (reread?, version?)
select p.id, p.number, p.repository_id, r.owner, r.name, c.reread_wanted as reread, c.version
from pull_request p
join repository r on r.id = p.repository_id and r.enabled and not r.gone
left join issue c on c.pull_request_id = p.id
where p.id in (select pull_request_id from evidence where withdrawn_at is null and consumed_at is null)
  and p.state = 'open' and not p.fork
  and not exists (
    select from pull_request_issue l join issue i on i.id = l.issue_id and not i.gone where l.pull_request_id = p.id)
order by p.id
limit :most;

--! ensure_card
insert into issue (id, repository_id, number, title, body, closed, url, assignees, comments, labels,
                   github_created_at, github_updated_at, status, lane, pull_request_id)
select :id, p.repository_id, p.number, '', '', false, '', '{}', 0, '{}', 'epoch', 'epoch', 'in-review', 'default', p.id
from pull_request p
where p.id = :pull_request_id
on conflict do nothing;

--- What changed is another thing than its card shows: only a read of the card tells how it stands.
--! doubt_card
update issue set reread_wanted = reread_wanted + 1
where pull_request_id = :pull_request_id and not gone
  and ((title, body, closed) is distinct from (:title, :body, :closed)
    or not (labels @> :labels::text[] and labels <@ :labels::text[]));

--- Cards of pull requests that belong to an issue by now, unless somebody is at it.
--! cards_superseded
select c.id, c.pull_request_id::bigint as pull_request_id from issue c
where c.pull_request_id is not null and not c.gone and not c.closed
  and exists (
    select from pull_request_issue l join issue i on i.id = l.issue_id and not i.gone and i.pull_request_id is null
    where l.pull_request_id = c.pull_request_id)
  and not exists (select from claim k where k.exclusion_key = 'issue:' || c.id and k.state = 'active')
order by c.pull_request_id;

--! link_reported
insert into pull_request_issue (pull_request_id, issue_id)
select p.id, :issue_id from pull_request p where p.repository_id = :repository_id and p.number = :number
on conflict do nothing
returning pull_request_id;

--! linked_by
select closes, closing_references, head_ref, fork, number from pull_request where id = :id;

--! write_closing_references
update pull_request set closing_references = :references where id = :id and closing_references <> :references;

--- The pull request from a claim's branch that answers its issue: the fact that stands in for a lost report.
--! answer_to_claim
select p.number, p.url, p.head_sha
from claim c
join pull_request_issue l on l.issue_id = c.issue_id
join pull_request p on p.id = l.pull_request_id and p.head_ref = c.branch and p.state <> 'closed' and not p.fork
where c.id = :claim_id and p.github_created_at >= c.acquired_at - interval '2 seconds'
order by p.id desc limit 1;

--! pull_requests_of_issues : (author?, mergeable?, review_decision?, checks?)
select l.issue_id, p.id, p.number, p.title, p.state, p.draft, p.url, p.author, p.head_ref, p.head_sha, p.base_ref, p.fork,
  p.mergeable, p.review_decision, p.checks, p.failing_checks,
  (select count(*) from evidence e
   where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as evidence,
  exists (select from work w where w.pull_request_id = p.id and w.kind = 'fix' and w.offered) as fix_offered
from pull_request_issue l join pull_request p on p.id = l.pull_request_id
where l.issue_id = any (:issues::bigint[])
order by l.issue_id, p.number;
