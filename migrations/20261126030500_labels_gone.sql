-- Labels that were renamed or deleted of late, in small letters, the latest last: a delivery from before may come after
-- that of the label, and still carry them.
alter table repository add column labels_gone text[] not null default '{}';
