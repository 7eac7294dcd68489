-- What the end of a claim tells its holder, when a block is over, and how issues came into their lanes.

-- Who ended it, when it was not its holder, and why in their own words: the holder learns it at its next call.
alter table claim add column ended_by text;
alter table claim add column end_note text;

-- An agent said that what blocks the issue is over by then: it is ready again without a person.
alter table issue add column block_until timestamptz;
create index issue_unblocks on issue (block_until) where status = 'blocked' and block_until is not null;

-- Every decision to put an issue into a lane. The label says where it stands; this says why.
create table lane_classification (
  id bigint generated always as identity primary key,
  issue_id bigint not null references issue on delete cascade,
  from_lane text not null,
  lane text not null,
  reason text,
  -- How sure a classifier was, 0 to 1, and which model it used.
  confidence double precision constraint lane_classification_confidence_fits check (confidence between 0 and 1),
  model text,
  actor_kind text not null,
  actor text not null,
  at timestamptz not null
);
create index lane_classification_by_issue on lane_classification (issue_id, id desc);
