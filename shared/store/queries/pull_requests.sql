--! lock_pull_request : (author?, mergeable?, merged_at?)
select id, number, title, body, state, draft, url, author, head_ref, head_sha, base_ref, mergeable, labels,
  github_created_at, github_updated_at, merged_at, reread_wanted
from pull_request where id = :id for update;

--! upsert_pull_request (author?, mergeable?, merged_at?)
insert into pull_request (id, repository_id, number, title, body, state, draft, url, author, head_ref, head_sha,
  base_ref, mergeable, labels, github_created_at, github_updated_at, merged_at, closes)
values (:id, :repository_id, :number, :title, :body, :state, :draft, :url, :author, :head_ref, :head_sha,
  :base_ref, :mergeable, :labels, :github_created_at, :github_updated_at, :merged_at, :closes)
on conflict (id) do update set
  title = excluded.title, body = excluded.body, state = excluded.state, draft = excluded.draft, url = excluded.url,
  author = excluded.author, head_ref = excluded.head_ref, head_sha = excluded.head_sha, base_ref = excluded.base_ref,
  mergeable = excluded.mergeable, labels = excluded.labels, github_updated_at = excluded.github_updated_at,
  merged_at = excluded.merged_at, closes = excluded.closes
where pull_request.github_updated_at <= excluded.github_updated_at;

--! want_pull_request_reread
update pull_request set reread_wanted = reread_wanted + 1 where id = :id;

--! want_reread_by_number
update pull_request set reread_wanted = reread_wanted + 1
where repository_id = :repository_id and number = :number and state = 'open';

--! settle_pull_request_reread
update pull_request set reread_settled = greatest(reread_settled, :up_to) where id = :id;

--! forget_pull_request_reread
update pull_request set reread_settled = reread_wanted where id = :id;

--- A pull request that was seen before its issue.
--! link_pull_requests
insert into pull_request_issue (pull_request_id, issue_id)
select p.id, :issue_id from pull_request p where p.repository_id = :repository_id and :number = any (p.closes)
on conflict do nothing;

--! link_issues
insert into pull_request_issue (pull_request_id, issue_id)
select :pull_request_id, i.id from issue i
where i.repository_id = :repository_id and not i.gone and i.number = any (:numbers::integer[])
on conflict do nothing;

--! unlink_issues
delete from pull_request_issue l using issue i
where l.pull_request_id = :pull_request_id and i.id = l.issue_id and not (i.number = any (:numbers::integer[]));

--- The pull request from a claim's branch that answers its issue: the fact that stands in for a lost report.
--! answer_to_claim
select p.number, p.url, p.head_sha
from claim c
join pull_request_issue l on l.issue_id = c.issue_id
join pull_request p on p.id = l.pull_request_id and p.head_ref = c.branch and p.state <> 'closed'
where c.id = :claim_id and p.github_created_at >= c.acquired_at - interval '2 seconds'
order by p.id desc limit 1;

--! pull_requests_of_issues : (author?, mergeable?)
select l.issue_id, p.id, p.number, p.title, p.state, p.draft, p.url, p.author, p.head_ref, p.head_sha, p.mergeable
from pull_request_issue l join pull_request p on p.id = l.pull_request_id
where l.issue_id = any (:issues::bigint[])
order by l.issue_id, p.number;
