--! insert_run (finished_at?, summary?, error_message?, notes?)
insert into agent_run (agent, run_type, status, started_at, finished_at, summary, error_message, notes,
  touched_issue_urls, created_at)
values (:agent, :run_type, :status, :started_at, :finished_at, :summary, :error_message, :notes, :urls, dispatch_now())
returning id;

--! recent_runs : (finished_at?, summary?, error_message?, notes?, claim_id?)
select id, agent, run_type, status, started_at, finished_at, summary, error_message, notes, touched_issue_urls, claim_id
from agent_run order by started_at desc, id desc limit :most;

--! clock
select dispatch_now() as now;
