-- What an erasure took, so that its certificate can say so, and the one letter that brings it to the person.
alter table erasure add column gone text not null default '';
create table last_letter (
  id text primary key, request text not null, project text not null, sealed bytea, made_at bigint not null, until text not null, sent_at bigint
);
create index last_letter_request on last_letter (request);
create index last_letter_open on last_letter (sent_at, until);
