--! insert_mutation (last_error?)
insert into mutation (kind, repository_id, issue_id, origin, state, intent, correlation_id, correlations, wanted_by,
  retry_at, created_at, last_error)
values ('labels', :repository_id, :issue_id, :origin, :state, :intent, :correlation_id, array[:correlation_id],
  :wanted_by, dispatch_now(), dispatch_now(), :last_error)
returning id;

--- A comment that was promised. Its marker makes it one, however often it is tried.
--! insert_comment
insert into mutation (kind, repository_id, issue_id, origin, state, intent, correlation_id, correlations, wanted_by,
  retry_at, created_at)
values ('comment', :repository_id, :issue_id, 'claim', 'pending', :comment, :correlation_id, array[:correlation_id],
  :wanted_by, dispatch_now(), dispatch_now());

--! finish_comment
update mutation set state = :state, lease_until = null, last_error = null, settled_at = dispatch_now()
where id = :id and fence = :fence and state = 'leased';

--! park_comment
update mutation set state = 'parked', lease_until = null, last_error = :error
where id = :id and fence = :fence and state = 'leased';

--- A new intent over an unfinished one. A parked or waiting one becomes due at once; a leased one stays leased. Of those
--- who wanted it the last twenty are kept.
--! revise_mutation
update mutation set
  intent = :intent, desired_version = desired_version + 1, origin = :origin, correlation_id = :correlation_id,
  correlations = (array_remove(correlations, :correlation_id) || :correlation_id::text)[greatest(1, cardinality(correlations) - 18):],
  wanted_by = :wanted_by, last_error = null, attempts = 0, retry_at = dispatch_now(),
  state = case state when 'parked' then 'pending' else state end
where id = :id;

--- The intent lost a family to a person, or is settled.
--! settle_mutation (last_error?)
update mutation set
  intent = :intent, state = :state, last_error = :last_error, lease_until = null,
  written_version = case when :state = 'applied' then desired_version else written_version end,
  settled_at = dispatch_now()
where id = :id and state in ('pending', 'leased', 'parked');

--! narrow_mutation
update mutation set intent = :intent, desired_version = desired_version + 1
where id = :id and state in ('pending', 'leased', 'parked');

--- Takes a due mutation for `seconds`. Nothing comes back when somebody else has it, it is settled, or its time has not come.
--! lease_mutation
update mutation m set
  state = 'leased', fence = m.fence + 1, attempts = m.attempts + 1,
  lease_until = dispatch_now() + :seconds::integer * interval '1 second'
from issue i join repository r on r.id = i.repository_id
where m.id = :id and i.id = m.issue_id
  and ((m.state = 'pending' and m.retry_at <= dispatch_now()) or (m.state = 'leased' and m.lease_until <= dispatch_now()))
returning m.id, m.kind, m.intent, i.closed or i.gone as over, m.fence, m.attempts, m.desired_version, m.origin, m.correlation_id, m.wanted_by, m.issue_id, i.number,
  i.reread_wanted, i.version, r.owner, r.name, r.id as repository_id, r.labels_defined, m.created_at, dispatch_now() as now;

--- Requests that it took, whatever became of them.
--! count_writes
update mutation set writes = writes + :writes where id = :id and fence = :fence;

--! mutation_state : (retry_at?, last_error?)
select state, retry_at, last_error, attempts from mutation where id = :id;

--- Puts a leased mutation back with a time. A newer desire is due at once.
--! put_back_mutation
update mutation set
  state = 'pending', lease_until = null, last_error = :error,
  attempts = case when :counts then attempts else attempts - 1 end,
  retry_at = case when desired_version > :version then dispatch_now() else :retry_at end
where id = :id and fence = :fence and state = 'leased';

--! park_mutation
update mutation set state = 'parked', lease_until = null, last_error = :error, intent = :intent, origin = :origin
where id = :id and fence = :fence and state = 'leased';

--- One click: try a parked write again.
--- Whoever has it tried again wants it too.
--! unpark_mutation
update mutation set state = 'pending', attempts = 0, last_error = null, retry_at = dispatch_now(),
  correlation_id = :correlation_id,
  correlations = (array_remove(correlations, :correlation_id) || :correlation_id::text)[greatest(1, cardinality(correlations) - 18):]
where id = :id and state = 'parked';

--! issue_of_mutation
select issue_id from mutation where id = :id;

--! due_mutations
select id from mutation
where (state = 'pending' and retry_at <= dispatch_now()) or (state = 'leased' and lease_until <= dispatch_now())
order by retry_at
limit :most;

--- Automatic repairs of an issue within the hour: more than three mean that somebody contests it.
--! repairs_within_hour
select count(*) as repairs from mutation
where issue_id = :issue_id and origin = 'repair' and created_at > dispatch_now() - interval '1 hour';
