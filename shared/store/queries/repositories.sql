--: RepositoryRow(github_id?, default_branch?, latest_commit_sha?, sync_cursor?, full_synced_at?, issues_etag?, last_synced_at?, last_error?)

--! repository_by_github_id : RepositoryRow
select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source,
  sync_cursor, full_synced_at, issues_etag, last_synced_at, last_error
from repository where github_id = :github_id;

--! repository_by_name : RepositoryRow
select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source,
  sync_cursor, full_synced_at, issues_etag, last_synced_at, last_error
from repository where lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text) and not gone;

--! all_repositories : RepositoryRow
select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source,
  sync_cursor, full_synced_at, issues_etag, last_synced_at, last_error
from repository where not gone order by lower(owner || '/' || name);

--! repositories_to_sync : RepositoryRow
select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source,
  sync_cursor, full_synced_at, issues_etag, last_synced_at, last_error
from repository
where enabled and not gone and (:only::bigint = 0 or id = :only::bigint)
order by last_synced_at nulls first, id;

--- Knows a repository by GitHub's id. A name that was tracked before GitHub told us the id is the same repository.
--! identify_repository (default_branch?)
update repository set
  github_id = :github_id, owner = :owner, name = :name, archived = :archived, gone = false,
  default_branch = coalesce(:default_branch, default_branch)
where (github_id = :github_id
    or (github_id is null and lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text)))
  and (github_id, owner, name, archived, gone, coalesce(:default_branch, default_branch, ''))
    is distinct from (:github_id, :owner, :name, :archived, false, coalesce(default_branch, ''));

--- Another repository took this name: the one we knew under it is gone.
--! release_name
update repository set gone = true, last_error = 'Another repository has this name now.'
where github_id <> :github_id and not gone
  and lower(owner || '/' || name) = lower(:owner::text || '/' || :name::text);

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

--! synced_repository (issues_etag?, cursor?)
update repository set
  last_synced_at = dispatch_now(), last_error = null,
  sync_cursor = greatest(sync_cursor, :cursor),
  issues_etag = :issues_etag,
  full_synced_at = case when :full then dispatch_now() else full_synced_at end
where id = :id;

--! failed_repository
update repository set last_error = :error, last_synced_at = dispatch_now() where id = :id;
