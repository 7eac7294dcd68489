--- Stores a delivery as received. No row means that this GUID is known already.
--! accept_delivery (action?)
insert into delivery (guid, event, action, payload, received_at)
values (:guid, :event, :action, :payload, dispatch_now())
on conflict (guid) do nothing;

--! settle_delivery (reason?, github_repository?, issue_id?, pull_request_number?, retry_at?)
update delivery set
  outcome = :outcome,
  reason = :reason,
  repository_id = (select id from repository where github_id = :github_repository),
  issue_id = :issue_id,
  pull_request_number = :pull_request_number,
  retry_at = :retry_at
where guid = :guid;

--! failed_deliveries : (action?)
select guid, event, action, payload, attempts, dispatch_now() as now
from delivery
where outcome = 'failed' and retry_at <= dispatch_now()
order by retry_at
limit :most
for update skip locked;

--! count_attempt
update delivery set attempts = attempts + 1 where guid = :guid;

--- One click: it is due again, with all its attempts. Only what was given up is.
--! retry_delivery
update delivery set attempts = 0, retry_at = dispatch_now()
where guid = :guid and outcome = 'failed' and retry_at is null;

--! delivery_outcome : (reason?)
select outcome, reason from delivery where guid = :guid;

--! prune_deliveries
delete from delivery where guid in (
  select guid from delivery where received_at < dispatch_now() - :days::integer * interval '1 day' limit 500
);
