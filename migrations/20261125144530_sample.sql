-- How full the queues were, for plots over time: what is counted now is gone in a minute.

create table sample (
  at timestamptz primary key,
  -- Open issues by status.
  ready integer not null,
  in_progress integer not null,
  in_review integer not null,
  blocked integer not null,
  -- Writes to GitHub that wait, and those that a person has to look at.
  writes_waiting integer not null,
  writes_parked integer not null,
  rereads_wanted integer not null,
  claims_active integer not null,
  -- The least that is left of any credential's hourly requests. Null: GitHub has told nothing in the last hour.
  budget_remaining integer,
  budget_limit integer
);

-- What ended when.
create index issue_closed on issue (closed_at) where closed;
create index claim_ended on claim (ended_at) where state = 'ended';
create index mutation_applied on mutation (settled_at) where state = 'applied';
-- The audit trail by what ties events together.
create index audit_event_by_correlation on audit_event (correlation_id, id desc) where correlation_id is not null;
