--! record (repository?, issue_number?, issue_id?, before?, after?, error?, notes?, correlation_id?)
insert into audit_event (at, actor_kind, actor, action, repository, issue_number, issue_id, before, after, success,
  error, notes, correlation_id)
values (dispatch_now(), :actor_kind, :actor, :action, :repository, :issue_number, :issue_id, :before, :after, :success,
  :error, :notes, :correlation_id);

--: AuditEvent(repository?, issue_number?, issue_id?, before?, after?, error?, notes?, correlation_id?)

--- Events before `before_id`, newest first. An action is asked for whole (`claim.granted`) or by its family (`claim`).
--! events (repository?, actor?, actor_kind?, action?, issue_id?, issue_number?, success?, correlation_id?, since?, until?) : AuditEvent
select id, at, actor_kind, actor, action, repository, issue_number, issue_id, before, after, success, error, notes,
  correlation_id
from audit_event
where id < :before_id
  and (:repository::text is null or lower(repository) = lower(:repository))
  and (:actor::text is null or lower(actor) = lower(:actor))
  and (:actor_kind::text is null or actor_kind = :actor_kind)
  and (:action::text is null or action = :action or starts_with(action, :action || '.'))
  and (:issue_id::bigint is null or issue_id = :issue_id)
  and (:issue_number::integer is null or issue_number = :issue_number)
  and (:success::boolean is null or success = :success)
  and (:correlation_id::text is null or correlation_id = :correlation_id)
  and (:since::timestamptz is null or at >= :since)
  and (:until::timestamptz is null or at < :until)
order by id desc
limit :most;
