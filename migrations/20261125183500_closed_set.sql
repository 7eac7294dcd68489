-- Issues that were closed of late are compared with GitHub like the open ones: one that was deleted unseen must leave the
-- board too.
alter table repository
  -- Which set the comparison under way is at.
  add column full_set text not null default 'open'
    constraint repository_full_set_known check (full_set in ('open', 'closed')),
  -- What the ETag of each list stands for: the issues on its only page. An unchanged list still shows these and no other.
  add column open_listed bigint[] not null default '{}',
  add column closed_etag text,
  add column closed_listed bigint[] not null default '{}';

-- What the known ETags stand for was not kept.
update repository set open_etag = null;
