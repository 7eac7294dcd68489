--: LaneRow(role?, wip_limit?, default_agent?, colour?)

--- Every lane with what is in it, that of unlabelled work first.
--! all_lanes : LaneRow
select l.name, l.description, l.claimable, l.role, l.paused, l.wip_limit, l.default_agent, l.colour,
  (select count(*) from work w where w.lane = l.name and w.offered) as offered,
  (select count(*) from claim c where c.lane = l.name and c.state = 'active') as claimed
from lane l order by l.role is distinct from 'default', l.name;

--! lane_by_name : LaneRow
select l.name, l.description, l.claimable, l.role, l.paused, l.wip_limit, l.default_agent, l.colour,
  (select count(*) from work w where w.lane = l.name and w.offered) as offered,
  (select count(*) from claim c where c.lane = l.name and c.state = 'active') as claimed
from lane l where l.name = :name;

--! lane_with_role
select name from lane where role = :role;

--! lane_names
select name from lane order by role is distinct from 'default', name;

--- Two operators change one lane after the other.
--! lock_lane
select name from lane where name = :name for no key update;

--! insert_lane
insert into lane (name, created_at) values (:name, dispatch_now()) on conflict do nothing;

--! write_lane (role?, wip_limit?, default_agent?, colour?)
update lane set
  description = :description, claimable = :claimable, paused = :paused, role = :role, wip_limit = :wip_limit,
  default_agent = :default_agent, colour = :colour
where name = :name;

--- A role is one lane's: whoever had it gives it up.
--! free_role
update lane set role = null where role = :role and name <> :name;

--- Open issues that stand in a lane, whatever their status.
--! issues_in_lane
select count(*) from issue where lane = :lane and not closed and not gone;

--! delete_lane
delete from lane where name = :name;

--- Issues that no label puts anywhere follow the default role to another lane.
--! move_unlabelled_issues
update issue set lane = :to_lane
where lane = :from_lane and not closed and not gone
  and not exists (select from unnest(labels) l where lower(l) like 'lane/%');

--! move_unlabelled_work
update work w set lane = :to_lane
from issue i
where w.issue_id = i.id and w.lane = :from_lane and i.lane = :to_lane and not i.closed and not i.gone;

--! record_classification (reason?, confidence?, model?)
insert into lane_classification (issue_id, from_lane, lane, reason, confidence, model, actor_kind, actor, at)
values (:issue_id, :from_lane, :lane, :reason, :confidence, :model, :actor_kind, :actor, dispatch_now());

--! lane_history : (reason?, confidence?, model?)
select from_lane, lane, reason, confidence, model, actor_kind, actor, at
from lane_classification where issue_id = :issue_id order by id desc limit 100;
