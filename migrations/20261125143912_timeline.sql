-- What led to what: a delivery knows what it was about, and a write knows everything that wanted it.

-- Not a foreign key: deliveries come about issues that are not tracked, and outlive issues.
alter table delivery add column issue_id bigint;
-- Number of the pull request it was about, within its repository.
alter table delivery add column pull_request_number integer;
create index delivery_by_issue on delivery (issue_id, received_at desc) where issue_id is not null;
create index delivery_by_pull_request on delivery (repository_id, pull_request_number, received_at desc)
  where pull_request_number is not null;

-- A new wish over an unfinished write raises its version; every call and delivery that wanted it stays known.
alter table mutation add column correlations text[] not null default '{}';
