-- What several people say together: a text is an order of turns, and each turn a value of whoever said it.
create table transcript (
  id text primary key, project text not null, meeting text not null, of_blob text, item text not null,
  made_at bigint not null, by_whom text not null
);
create index transcript_meeting on transcript (meeting, made_at);
create index transcript_blob on transcript (of_blob);
create table turn (
  id text primary key, transcript text not null references transcript (id), number bigint not null, holding text, value text, sealed bytea
);
create index turn_transcript on turn (transcript, number);
create index turn_holding on turn (holding);
create index turn_value on turn (value);
-- A recording of several people, while it arrives and afterwards.
alter table blob add column meeting text;
create index blob_meeting on blob (meeting);
alter table upload add column meeting text;
create table upload_person (upload text not null, holding text not null, primary key (upload, holding));
create index upload_person_holding on upload_person (holding);
