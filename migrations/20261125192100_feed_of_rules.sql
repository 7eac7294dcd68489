-- A card shows what holds its work back, so a change of a rule is news of every card that it may hold.

create function feed_issues_of_lane() returns trigger language plpgsql as $$
begin
  insert into change (entity, id) select 'issue', issue_id from work where lane = new.name and offered
    on conflict do nothing;
  return null;
end $$;
create trigger feed after update on lane for each row
  when ((old.claimable, old.paused, old.wip_limit) is distinct from (new.claimable, new.paused, new.wip_limit))
  execute function feed_issues_of_lane();

drop trigger feed_issues on repository;
create trigger feed_issues after update on repository for each row
  when ((old.owner, old.name, old.enabled, old.gone, old.archived, old.intake, old.wip_limit, old.review_limit,
      old.excluded_labels)
    is distinct from (new.owner, new.name, new.enabled, new.gone, new.archived, new.intake, new.wip_limit,
      new.review_limit, new.excluded_labels))
  execute function feed_issues_of_repository();

create function feed_issues_of_intake() returns trigger language plpgsql as $$
begin
  insert into change (entity, id)
    select 'issue', i.id from issue i join repository r on r.id = i.repository_id and r.intake is null
    where not i.gone and not i.closed
    on conflict do nothing;
  return null;
end $$;
create trigger feed after update on intake for each row
  when (old.policy is distinct from new.policy) execute function feed_issues_of_intake();

-- Whether a text is approved hangs on the text and on who wrote it.
drop trigger feed on issue;
create trigger feed after insert or update of repository_id, number, title, body, url, closed, closed_at, comments,
    labels, author_association, github_updated_at, gone, status, priority, kind, owner, agent, lane, problems,
    block_kind, block_reason, attention
  on issue for each row execute function feed_issue();

-- A fix is shown on every issue that its pull request answers.
create trigger feed_fix after insert or update on work for each row
  when (new.pull_request_id is not null) execute function feed_issues_of_evidence();
