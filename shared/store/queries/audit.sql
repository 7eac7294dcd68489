--! record (repository?, issue_number?, issue_id?, before?, after?, error?, notes?, correlation_id?)
insert into audit_event (at, actor_kind, actor, action, repository, issue_number, issue_id, before, after, success,
  error, notes, correlation_id)
values (dispatch_now(), :actor_kind, :actor, :action, :repository, :issue_number, :issue_id, :before, :after, :success,
  :error, :notes, :correlation_id);

--! recent (repository?) : (repository?, issue_number?, issue_id?, before?, after?, error?, notes?, correlation_id?)
select id, at, actor_kind, actor, action, repository, issue_number, issue_id, before, after, success, error, notes,
  correlation_id
from audit_event
where (:repository::text is null or lower(repository) = lower(:repository))
order by id desc
limit :most;
