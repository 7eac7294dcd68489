-- Once, after Postgres was restored from a backup and before the functions run again (docs/operations.md, "Restore"):
--   psql "$DATABASE_URL" --single-transaction --file infra/after-restore.sql

-- Cursors of before belong to another life: boards read everything anew.
update feed set epoch = gen_random_uuid(), pruned_below = '0';
delete from change;

-- Fences that were handed out after the backup must never be handed out again.
select setval('claim_fence', nextval('claim_fence') + 1000000);

-- Whoever holds work since may go on with a claim that is not here: nobody may be told that it is still theirs.
update claim set expires_at = dispatch_now() where state = 'active' and expires_at > dispatch_now();

-- What GitHub knows is asked again, from the beginning.
update repository set sync_cursor = null, full_synced_at = null, full_started_at = null, full_cursor = null,
  issues_etag = null, github_updated_at = null;
update issue set reread_wanted = reread_wanted + 1 where not closed;
