--: RepositoryRow(github_id?, default_branch?, latest_commit_sha?, sync_cursor?, full_synced_at?, full_started_at?, full_cursor?, issues_etag?, github_updated_at?, last_synced_at?, last_error?, etag?, open_etag?, closed_etag?, pulls_next?, pulls_since?, missing_since?)

--! repository_by_github_id : RepositoryRow
select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source,
  sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error,
  etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since
from repository where github_id = :github_id;

--! repository_by_name : RepositoryRow
select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source,
  sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error,
  etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since
from repository where lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text) and not gone;

--! all_repositories : RepositoryRow
select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source,
  sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error,
  etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since
from repository where not gone order by lower(owner || '/' || name);

--- Those that are tracked, or the one with this id, with what is set for it and what counts against that.
--! tracked_repositories : TrackedRow(default_branch?, latest_commit_sha?, last_synced_at?, last_error?, wip_limit?, review_limit?, intake?)
select r.owner, r.name, r.default_branch, r.latest_commit_sha, r.open_pr_count, r.last_synced_at, r.last_error, r.source,
  r.wip_limit, r.review_limit, r.excluded_labels, r.intake,
  (select count(*) from claim c where c.repository_id = r.id and c.state = 'active') as claimed,
  (select count(*) from issue i where i.repository_id = r.id and i.status = 'in-review' and not i.gone) as in_review
from repository r
where not r.gone and case :only::bigint when 0 then r.enabled else r.id = :only end
order by lower(r.owner || '/' || r.name);

--! repositories_to_sync : RepositoryRow
select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source,
  sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error,
  etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since
from repository
where enabled and not gone and (:only::bigint = 0 or id = :only::bigint)
order by attempted_at nulls first, id;

--- A name that was tracked before GitHub told us the id is the same repository.
--! adopt_id
update repository set github_id = :github_id
where github_id is null and not gone and lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text);

--- The name was tracked anew while we knew the repository under another one: the two are one.
--! absorb_name
update repository set gone = true, enabled = false, last_error = 'Merged: this repository was known already.'
where github_id is null and not gone and lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text)
returning id;

--- Another repository took this name: the one we knew under it is gone.
--! release_name
update repository set gone = true, last_error = 'Another repository has this name now.'
where github_id <> :github_id and not gone
  and lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text);

--! write_identity (default_branch?, github_updated_at?)
update repository set
  owner = :owner, name = :name, archived = :archived, gone = false, enabled = enabled or :enable,
  default_branch = coalesce(:default_branch, default_branch),
  github_updated_at = coalesce(:github_updated_at, github_updated_at)
where id = :id;

--! track_repository
insert into repository (owner, name, source) values (:owner, :name, :source)
on conflict (lower(owner || '/' || name)) where not gone do nothing
returning id;

--! enable_repository
update repository set enabled = true, source = :source where id = :id and not enabled;

--! disable_repository
update repository set enabled = false where id = :id and enabled;

--! repository_gone
update repository set gone = true, last_error = :reason where id = :id and not gone;

--- Two seeders at once would both see an empty table.
--! lock_seed
select pg_advisory_xact_lock(1145329763) is null as locked;

--! seed_marker
select count(*) as repositories from repository;

--! write_repository_facts (latest_commit_sha?)
update repository set latest_commit_sha = :latest_commit_sha, open_pr_count = :open_pr_count where id = :id;

--! write_installation (installation_id?)
update repository set installation_id = :installation_id where github_id = :github_id
  and installation_id is distinct from :installation_id;

--! attempt_repository
update repository set attempted_at = dispatch_now() where id = :id;

--- How far the changes were taken in. The list is ascending, so each page may move the cursor.
--! move_cursor
update repository set sync_cursor = greatest(sync_cursor, :cursor), issues_etag = null where id = :id;

--! synced_repository (issues_etag?, cursor?)
update repository set
  last_synced_at = dispatch_now(), last_error = null,
  sync_cursor = greatest(sync_cursor, :cursor),
  issues_etag = :issues_etag
where id = :id;

--- Pull requests changed since then are wanted: the list begins anew.
--! want_pulls
update repository set pulls_since = :since, pulls_next = null where id = :id;

--! move_pulls (next?, since?)
update repository set pulls_next = :next, pulls_since = :since where id = :id;

--- GitHub shows it, under this entity tag.
--! shown_repository (etag?)
update repository set etag = :etag, missing_since = null where id = :id;

--- GitHub does not show it. After a day of that it is gone.
--! missing_repository
update repository set
  missing_since = coalesce(missing_since, dispatch_now()),
  gone = coalesce(missing_since < dispatch_now() - interval '1 day', false),
  last_error = 'GitHub does not show it any more: deleted, or our credential may not see it.'
where id = :id
returning missing_since::timestamptz as since, gone;

--- Labels that were found or made there.
--! define_labels
update repository set labels_defined = array(
  select distinct lower(label) from unnest(labels_defined || :labels::text[]) label order by 1
) where id = :id;

--- Renamed or deleted there: who needs it makes it again. Of such names the last fifty are kept.
--! forget_label
update repository set labels_defined = array_remove(labels_defined, lower(:label)),
  labels_gone = (array_remove(labels_gone, lower(:label)) || lower(:label))[greatest(1, cardinality(labels_gone) - 48):]
where id = :id;

--- A read shows that these are there.
--! labels_are_back
update repository set labels_gone = array(
  select gone from unnest(labels_gone) with ordinality as listed (gone, place)
  where gone <> all (array(select lower(label) from unnest(:labels::text[]) label)) order by place
) where id = :id;

--! start_full
update repository set full_started_at = dispatch_now(), full_set = 'open', full_cursor = null where id = :id
returning full_started_at::timestamptz as started;

--! move_full_cursor
update repository set full_cursor = :cursor where id = :id;

--- The open ones are done.
--! full_at_closed
update repository set full_set = 'closed', full_cursor = null where id = :id;

--! finish_full
update repository set
  full_synced_at = coalesce(full_started_at, dispatch_now()), full_started_at = null, full_set = 'open',
  full_cursor = null
where id = :id;

--- What the ETag of a list stands for; none where it took more than one page.
--! write_open_list (etag?)
update repository set open_etag = :etag, open_listed = :issues where id = :id;

--! write_closed_list (etag?)
update repository set closed_etag = :etag, closed_listed = :issues where id = :id;

--! failed_repository
update repository set last_error = :error where id = :id;

--! rename_owner
update repository r set owner = :to
where lower(owner) = lower(:from::text) and not gone
  and not exists (select from repository o where not o.gone and lower(o.owner || '/' || o.name) = lower(:to || '/' || r.name));

--- The name belongs to another repository by now: the one we knew is gone, and this one is tracked in its place.
--! recreate_repository
with old as (
  update repository set gone = true, last_error = 'It was deleted on GitHub, and another one has its name now.'
  where github_id <> :github_id and not gone
    and lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text)
  returning source, enabled
)
insert into repository (github_id, owner, name, source, enabled)
select :github_id, :owner, :name, source, enabled from old
returning id;

--- Something told of another repository under this name: the next sync looks which one it is.
--! doubt_name
update repository set full_synced_at = null
where github_id <> :github_id and not gone
  and lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text);

--- Whoever hands out work under a limit has the same lock.
--! lock_limits : (wip_limit?, review_limit?)
select id, wip_limit, review_limit, excluded_labels from repository
where lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text) and not gone for no key update;

--! write_limits (wip_limit?, review_limit?)
update repository set wip_limit = :wip_limit, review_limit = :review_limit, excluded_labels = :excluded_labels
where id = :id;
