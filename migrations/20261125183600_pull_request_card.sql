-- A pull request that belongs to no issue and needs a fix has a card of its own. To GitHub it is an issue too, with an id,
-- labels and a state: under that id it is claimed, labelled and shown like any other.
alter table issue add column pull_request_id bigint references pull_request;
create unique index issue_of_pull_request_once on issue (pull_request_id) where pull_request_id is not null;
