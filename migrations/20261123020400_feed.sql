-- The feed behind the live board: what changed, not how. Readers join the current rows.

create table change (
  -- The transaction that changed it. Readers take rows below the oldest running transaction only: a plain sequence
  -- would lose rows that commit late.
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  entity text not null constraint change_entity_known check (entity in ('issue', 'repository')),
  id bigint not null,
  constraint change_once_per_transaction primary key (xid, entity, id)
);
create index change_in_order on change (xid, seq);

-- A restored database gets a new epoch, so that old cursors are recognised.
create table feed (
  singleton boolean primary key default true check (singleton),
  epoch uuid not null default gen_random_uuid(),
  -- Rows below this transaction were pruned.
  pruned_below xid8 not null default '0'
);
insert into feed default values;

-- Triggers, so that no statement can forget the feed and none costs a round trip for it.
create function feed_issue() returns trigger language plpgsql as $$
begin
  insert into change (entity, id) values ('issue', new.id) on conflict do nothing;
  return null;
end $$;
create function feed_issue_of() returns trigger language plpgsql as $$
begin
  insert into change (entity, id) values ('issue', new.issue_id) on conflict do nothing;
  return null;
end $$;
create function feed_issues_of_pull_request() returns trigger language plpgsql as $$
begin
  insert into change (entity, id)
    select 'issue', issue_id from pull_request_issue where pull_request_id = new.id
    on conflict do nothing;
  return null;
end $$;
create function feed_issue_unlinked() returns trigger language plpgsql as $$
begin
  insert into change (entity, id) values ('issue', old.issue_id) on conflict do nothing;
  return null;
end $$;
-- Every card of a repository shows its name, and hides when it is switched off.
create function feed_issues_of_repository() returns trigger language plpgsql as $$
begin
  insert into change (entity, id) select 'issue', id from issue where repository_id = new.id on conflict do nothing;
  return null;
end $$;
create function feed_repository() returns trigger language plpgsql as $$
begin
  insert into change (entity, id) values ('repository', new.id) on conflict do nothing;
  return null;
end $$;

-- Counters and times of reading are nobody's news.
create trigger feed after insert or update of repository_id, number, title, url, closed, comments, labels,
    github_updated_at, gone, status, priority, kind, owner, agent, lane, problems, block_kind, block_reason, attention
  on issue for each row execute function feed_issue();
create trigger feed after insert or update on work for each row execute function feed_issue_of();
create trigger feed after insert or update on claim for each row execute function feed_issue_of();
create trigger feed after insert or update on mutation for each row execute function feed_issue_of();
create trigger feed after insert or update on pull_request for each row execute function feed_issues_of_pull_request();
create trigger feed after insert on pull_request_issue for each row execute function feed_issue_of();
create trigger feed_unlinked after delete on pull_request_issue for each row execute function feed_issue_unlinked();
create trigger feed after insert or update on repository for each row execute function feed_repository();
create trigger feed_issues after update on repository for each row
  when ((old.owner, old.name, old.enabled, old.gone, old.archived)
    is distinct from (new.owner, new.name, new.enabled, new.gone, new.archived))
  execute function feed_issues_of_repository();
