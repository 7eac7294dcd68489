-- The facts that make a pull request need a fix. Rows are never deleted or rewritten: a fact is withdrawn when it is no
-- longer true, and consumed when a fix has answered it.

create table evidence (
  id bigint generated always as identity primary key,
  pull_request_id bigint not null references pull_request on delete cascade,
  -- What it is: `check:<id>`, `status:<id>`, `review:<id>`, `comment:<id>`, `conflict:<commit>`.
  key text not null,
  kind text not null constraint evidence_kind_known
    check (kind in ('check_failed', 'changes_requested', 'review_comment', 'conflict')),
  title text not null,
  detail text,
  url text,
  author text,
  occurred_at timestamptz,
  seen_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  consumed_by bigint references claim on delete set null,
  consumed_at timestamptz,
  constraint evidence_once unique (pull_request_id, key)
);
create index evidence_open on evidence (pull_request_id) where withdrawn_at is null and consumed_at is null;

create function feed_issues_of_evidence() returns trigger language plpgsql as $$
begin
  insert into change (entity, id)
    select 'issue', issue_id from pull_request_issue where pull_request_id = new.pull_request_id
    on conflict do nothing;
  return null;
end $$;
create trigger feed after insert or update on evidence for each row execute function feed_issues_of_evidence();
