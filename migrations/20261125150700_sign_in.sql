-- Sign-ins that failed, counted for all instances together.

create table sign_in_failure (
  -- Whose attempts these are: a digest of where they come from, or `anybody`.
  bucket text primary key,
  failures integer not null,
  -- The count begins anew a quarter of an hour after this.
  since timestamptz not null
);
