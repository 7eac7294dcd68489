-- Whose issues agents see, and which texts of others an operator approved.

alter table repository
  -- Null: as everywhere.
  add column intake text constraint repository_intake_known check (intake in ('open', 'trusted'));

create table intake (
  singleton boolean primary key default true check (singleton),
  policy text not null default 'open' constraint intake_policy_known check (policy in ('open', 'trusted'))
);
insert into intake default values;

-- What an operator read and approved. The text itself is kept: it is what an agent receives, whatever follows.
create table approval (
  id bigint generated always as identity primary key,
  issue_id bigint not null references issue on delete cascade,
  text_sha256 bytea not null,
  title text not null,
  body text not null,
  approved_by text not null,
  approved_at timestamptz not null default now(),
  constraint approval_once unique (issue_id, text_sha256)
);

-- One place says what is hashed.
create function issue_text_sha256(title text, body text) returns bytea language sql immutable
  as $$ select sha256(convert_to(title || E'\n' || body, 'UTF8')) $$;

create trigger feed after insert on approval for each row execute function feed_issue_of();
