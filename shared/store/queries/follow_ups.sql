--: RunRow(suite_id?, conclusion?, title?, summary?, url?, started_at?, completed_at?)

--- Reviews and checks of pull requests, and the work that follows from them.
--! lock_by_head
select id from pull_request
where repository_id = :repository_id and head_sha = :sha and state = 'open' order by id for no key update;

--- 0: of all repositories.
--! lock_open
select id from pull_request
where state = 'open' and (:repository_id::bigint = 0 or repository_id = :repository_id) order by id for no key update;

--- Everything whose work a pull request may change, in one order for all. Taken before evidence and work are touched.
--! lock_linked_issues
select id from issue where id in (
  select issue_id from pull_request_issue where pull_request_id = any (:pull_requests::bigint[])
  union select issue_id from work where kind = 'fix' and pull_request_id = any (:pull_requests::bigint[])
  union select id from issue where pull_request_id = any (:pull_requests::bigint[])
) order by id for no key update;

--! pull_request_facts : (author?, mergeable?)
select p.id, p.repository_id, p.state, p.draft, p.author, p.head_sha, p.mergeable,
  coalesce(r.intake, (select policy from intake)) as intake
from pull_request p join repository r on r.id = p.repository_id where p.id = :id;

--! review_by_id : (author?, author_association?, commit_sha?, url?, submitted_at?)
select id, author, author_association, state, body, commit_sha, url, submitted_at, gone from review where id = :id;

--! reviews : (author?, author_association?, commit_sha?, url?, submitted_at?)
select id, author, author_association, state, body, commit_sha, url, submitted_at
from review where pull_request_id = :pull_request_id and not gone order by id;

--! upsert_review (author?, author_association?, commit_sha?, url?, submitted_at?)
insert into review (id, pull_request_id, author, author_association, state, body, commit_sha, url, submitted_at)
values (:id, :pull_request_id, :author, :author_association, :state, :body, :commit_sha, :url, :submitted_at)
on conflict (id) do update set
  author = excluded.author, author_association = excluded.author_association, state = excluded.state,
  body = excluded.body, commit_sha = excluded.commit_sha, url = excluded.url, submitted_at = excluded.submitted_at,
  gone = false;

--- The list did not show them.
--! reviews_gone
update review set gone = true where pull_request_id = :pull_request_id and not gone and not (id = any (:shown::bigint[]));

--! comment_by_id : (review_id?, in_reply_to?, author?, author_association?, line?)
select id, review_id, in_reply_to, author, author_association, path, line, body, url, github_created_at,
  github_updated_at, gone
from review_comment where id = :id;

--! comments : (review_id?, in_reply_to?, author?, author_association?, line?)
select id, review_id, in_reply_to, author, author_association, path, line, body, url, github_created_at,
  github_updated_at
from review_comment where pull_request_id = :pull_request_id and not gone and not resolved order by id;

--! upsert_comment (review_id?, in_reply_to?, author?, author_association?, line?)
insert into review_comment (id, pull_request_id, review_id, in_reply_to, author, author_association, path, line, body,
  url, github_created_at, github_updated_at, gone)
values (:id, :pull_request_id, :review_id, :in_reply_to, :author, :author_association, :path, :line, :body, :url,
  :github_created_at, :github_updated_at, :gone)
on conflict (id) do update set
  review_id = excluded.review_id, in_reply_to = excluded.in_reply_to, author = excluded.author,
  author_association = excluded.author_association, path = excluded.path, line = excluded.line, body = excluded.body,
  url = excluded.url, github_updated_at = excluded.github_updated_at, gone = excluded.gone;

--! comments_gone
update review_comment set gone = true
where pull_request_id = :pull_request_id and not gone and not (id = any (:shown::bigint[]));

--- The last word counts. Of two words of one second neither does: the row stays, which is noticed.
--! resolve_comments
update review_comment set resolved = :resolved, resolved_at = :at
where pull_request_id = :pull_request_id and id = any (:ids::bigint[])
  and (resolved_at is null or resolved_at < :at);

--- What a read of all threads says.
--! write_resolved
update review_comment set resolved = id = any (:ids::bigint[]), resolved_at = dispatch_now()
where pull_request_id = :pull_request_id and resolved <> (id = any (:ids::bigint[]));

--! run_by_id : RunRow
select id, head_sha, suite_id, app, name, status, conclusion, title, summary, url, started_at, completed_at
from check_run where id = :id;

--! runs : RunRow
select id, head_sha, suite_id, app, name, status, conclusion, title, summary, url, started_at, completed_at
from check_run where repository_id = :repository_id and head_sha = :sha order by id;

--! upsert_run (suite_id?, conclusion?, title?, summary?, url?, started_at?, completed_at?)
insert into check_run (id, repository_id, head_sha, suite_id, app, name, status, conclusion, title, summary, url,
  started_at, completed_at, seen_at)
values (:id, :repository_id, :head_sha, :suite_id, :app, :name, :status, :conclusion, :title, :summary, :url,
  :started_at, :completed_at, dispatch_now())
on conflict (id) do update set
  suite_id = excluded.suite_id, app = excluded.app, name = excluded.name, status = excluded.status,
  conclusion = excluded.conclusion, title = excluded.title, summary = excluded.summary, url = excluded.url,
  started_at = excluded.started_at, completed_at = excluded.completed_at, seen_at = excluded.seen_at;

--- The list shows the newest run of each check; these are none of them any more.
--! runs_gone
delete from check_run
where repository_id = :repository_id and head_sha = :sha and not (id = any (:shown::bigint[]));

--- Runs of a completed suite that were not told to the end; one row too when none was told at all.
--! suite_untold
select 1 as untold where not exists (select from check_run where suite_id = :suite)
union all
select 1 from check_run where suite_id = :suite and status <> 'completed'
limit 1;

--! statuses : (description?, url?)
select context, id, sha, state, description, url, github_updated_at
from commit_status where repository_id = :repository_id and sha = :sha order by context;

--! upsert_status (description?, url?)
insert into commit_status as known (repository_id, sha, context, id, state, description, url, github_updated_at, seen_at)
values (:repository_id, :sha, :context, :id, :state, :description, :url, :github_updated_at, dispatch_now())
on conflict (repository_id, sha, context) do update set
  id = excluded.id, state = excluded.state, description = excluded.description, url = excluded.url,
  github_updated_at = excluded.github_updated_at, seen_at = excluded.seen_at
where known.id < excluded.id;

--! want_follow_up
update pull_request set follow_up_wanted = follow_up_wanted + 1 where id = any (:ids::bigint[]);

--- A push to its base that was never told may have made it conflict: it is read itself, too.
--! want_follow_up_of_open
update pull_request set
  follow_up_wanted = greatest(follow_up_wanted, follow_up_settled + 1),
  reread_wanted = greatest(reread_wanted, reread_settled + 1)
where repository_id = :repository_id and state = 'open'
  and (follow_up_wanted = follow_up_settled or reread_wanted = reread_settled);

--- Checks that should have ended by now, or whose end was not told.
--! want_follow_up_of_pending
update pull_request set follow_up_wanted = follow_up_wanted + 1
where repository_id = :repository_id and state = 'open' and checks = 'pending' and follow_up_wanted = follow_up_settled
  and coalesce(follow_up_read_at, github_updated_at) < dispatch_now() - interval '10 minutes';

--- Somebody told of an entry of one of the lists. What was cached under the list's ETag is no longer what the list was.
--! changed
update pull_request set
  follow_up_version = follow_up_version + 1, follow_up_etags = follow_up_etags - :list::text
where id = any (:ids::bigint[]);

--! follow_ups_wanted
select p.id, p.number, p.head_sha, p.follow_up_wanted, p.follow_up_version, p.follow_up_etags, r.owner, r.name
from pull_request p join repository r on r.id = p.repository_id
where p.follow_up_wanted > p.follow_up_settled and r.enabled and not r.gone
order by p.follow_up_read_at nulls first, p.id
limit :most;

--! repository_of
select repository_id from pull_request where id = :id;

--! lock_follow_up
select repository_id, head_sha, follow_up_version from pull_request where id = :id for no key update;

--! settle_follow_up
update pull_request set
  follow_up_settled = greatest(follow_up_settled, :up_to), follow_up_etags = :etags, follow_up_read_at = dispatch_now(),
  follow_up_version = follow_up_version + 1
where id = :id;

--! write_roll_up (review_decision?, checks?)
update pull_request set review_decision = :review_decision, checks = :checks, failing_checks = :failing_checks
where id = :id and (review_decision, checks, failing_checks) is distinct from
  (:review_decision::text, :checks::text, :failing_checks::text[]);

--! withdraw_evidence
update evidence set withdrawn_at = dispatch_now()
where pull_request_id = :pull_request_id and withdrawn_at is null and consumed_at is null
  and not (key = any (:keys::text[]));

--- A fact that is true again is asked about again, unless a fix has answered it. While it is open it says what GitHub
--- shows now.
--! add_evidence
insert into evidence as known (pull_request_id, key, kind, title, detail, url, author, occurred_at, seen_at)
select :pull_request_id, w.key, w.kind, w.title, w.detail, w.url, w.author, w.occurred_at, dispatch_now()
from jsonb_to_recordset(:wanted::jsonb)
  as w (key text, kind text, title text, detail text, url text, author text, occurred_at timestamptz)
on conflict (pull_request_id, key) do update set
  title = excluded.title, detail = excluded.detail, url = excluded.url, withdrawn_at = null,
  seen_at = case when known.withdrawn_at is null then known.seen_at else excluded.seen_at end
where known.consumed_at is null
  and (known.withdrawn_at is not null or (known.title, known.detail) is distinct from (excluded.title, excluded.detail));

--- A fix answered what its agent had been told of.
--! consume_evidence
update evidence e set consumed_by = c.id, consumed_at = dispatch_now()
from claim c join work w on w.id = c.work_id
where c.id = :claim_id and e.pull_request_id = w.pull_request_id and w.kind = 'fix'
  and e.consumed_at is null and e.withdrawn_at is null and e.seen_at <= c.acquired_at;

--- The issue whose key a pull request shares: the oldest one that is open, or the oldest, or its own card.
--! fix_inputs : (priority?, since?)
select i.id as issue_id, i.status, i.closed, i.priority, i.lane, p.state, p.fork,
  (select min(seen_at) from evidence e
   where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as since
from pull_request p
join pull_request_issue l on l.pull_request_id = p.id
join issue i on i.id = l.issue_id and not i.gone
where p.id = :pull_request_id
order by i.pull_request_id is not null, i.closed, i.id limit 1;

--- While somebody holds it, it keeps the key under which it is held.
--! upsert_fix_work (ready_since?)
insert into work as w (kind, issue_id, pull_request_id, exclusion_key, lane, offered, ready_since, rank_key)
values ('fix', :issue_id, :pull_request_id, 'issue:' || :issue_id::bigint, :lane, :offered, :ready_since, :rank_key)
on conflict (pull_request_id) where kind = 'fix' do update set
  issue_id = excluded.issue_id, exclusion_key = excluded.exclusion_key, lane = excluded.lane,
  offered = excluded.offered, ready_since = excluded.ready_since, rank_key = excluded.rank_key
where (w.issue_id, w.lane, w.offered, w.ready_since, w.rank_key) is distinct from
    (excluded.issue_id, excluded.lane, excluded.offered, excluded.ready_since, excluded.rank_key)
  and (w.issue_id = excluded.issue_id or not exists (select from claim c where c.work_id = w.id and c.state = 'active'));

--! withdraw_fix_work
update work set offered = false where kind = 'fix' and pull_request_id = :pull_request_id and offered;

--- The issue has moved, or its lane or priority has: so has the work on its pull requests.
--! offer_fixes
update work w set
  lane = :lane, rank_key = coalesce(w.ready_since, w.rank_key) - :weight::double precision * interval '1 second',
  offered = :open::boolean and s.due
from (
  select o.id, p.state = 'open' and not p.fork and exists (
    select from evidence e where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as due
  from work o join pull_request p on p.id = o.pull_request_id
  where o.issue_id = :issue_id and o.kind = 'fix'
) s
where w.id = s.id and w.ready_since is not null
  and (w.lane, w.rank_key, w.offered) is distinct from
    (:lane, w.ready_since - :weight::double precision * interval '1 second', :open::boolean and s.due);

--! fix_target : (pull_request_id?)
select w.pull_request_id, p.number, p.head_ref, p.head_sha
from work w join pull_request p on p.id = w.pull_request_id where w.id = :work_id;

--- What is open of the pull requests of an issue.
--! evidence_of_issue : (detail?, url?, author?, occurred_at?)
select e.id, p.number, e.kind, e.title, e.detail, e.url, e.author, e.occurred_at, e.seen_at
from evidence e
join pull_request_issue l on l.pull_request_id = e.pull_request_id and l.issue_id = :issue_id
join pull_request p on p.id = e.pull_request_id
where e.withdrawn_at is null and e.consumed_at is null
order by p.number, e.id
limit :most;

--! prune_checks
delete from check_run c where id in (
  select o.id from check_run o where o.seen_at < dispatch_now() - :days::integer * interval '1 day' and not exists (
    select from pull_request p where p.repository_id = o.repository_id and p.head_sha = o.head_sha and p.state = 'open')
  limit 5000
);

--! prune_statuses
delete from commit_status s where (repository_id, sha, context) in (
  select o.repository_id, o.sha, o.context from commit_status o
  where o.seen_at < dispatch_now() - :days::integer * interval '1 day' and not exists (
    select from pull_request p where p.repository_id = o.repository_id and p.head_sha = o.sha and p.state = 'open')
  limit 5000
);
