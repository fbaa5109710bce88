-- The whole desk, section by section of a notice. Portable: text, bigint, bytea; times in microseconds, days as ISO text.

-- What was promised: every version of every notice, word for word.
create table notice (
  id text primary key, name text not null, version bigint not null, project text not null, title text not null,
  dated text not null, content text not null, digest text not null, published_at bigint, published_by text,
  in_force_from text, unique (name, version)
);
create index notice_project on notice (project, version);

-- One person in one project.
create table holding (
  id text primary key, project text not null, notice text not null, version_given bigint not null,
  version_told bigint not null, audience text not null, tags text not null, stage text not null,
  source_kind text not null, source text not null, opened_at bigint not null, opened_by text not null,
  told_due text, told_at bigint, told_how text, sealing text not null, unnamed_at bigint, erased_at bigint, erased_why text
);
create index holding_project on holding (project, stage);
create index holding_notice on holding (notice, version_told);
create index holding_told on holding (told_due);

-- Each personal value, sealed under the key of its holding.
create table value (
  id text primary key, holding text not null references holding (id), item text not null, sealed bytea not null,
  source_kind text not null, source text not null, told_by text not null, collected_at bigint not null,
  notice text not null, by_whom text not null, volunteered bigint not null, keep_until text,
  supersedes text, why text
);
create index value_holding on value (holding, item, collected_at);
create index value_keep on value (keep_until);

-- Keyed marks by which somebody already known is found again.
create table look_up (
  token text not null, kind text not null, holding text not null references holding (id),
  primary key (token, kind, holding)
);
create index look_up_holding on look_up (holding);

-- What a person chose: one row, never a rewrite of their values.
create table choice (
  id text primary key, holding text not null references holding (id), project text not null, kind text not null,
  scope text not null, answer text not null, about text, at bigint not null, by_whom text not null, how text not null,
  lifted_at bigint, lifted_by text, decided text, decided_at bigint, decided_by text, reasons bytea
);
create index choice_holding on choice (holding, kind, lifted_at);
create index choice_scope on choice (project, kind, scope, lifted_at);

-- Agreement to take part, and each permission asked in words of its own.
create table consent (
  id text primary key, holding text not null references holding (id), kind text not null, words text not null,
  notice text not null, how text not null, at bigint not null, by_whom text not null, withdrawn_at bigint,
  withdrawn_how text
);
create index consent_holding on consent (holding, kind, withdrawn_at);

-- Whom not to approach again, although we no longer know who it is.
create table suppression (
  token text not null, kind text not null, scope text not null, since bigint not null,
  primary key (token, kind, scope)
);

-- Milestones on which keeping is anchored, as planned and as they happened.
create table event (
  project text not null, name text not null, happened_on text not null, recorded_at bigint not null,
  recorded_by text not null, primary key (project, name)
);
create table plan (
  id text primary key, project text not null, event text not null, planned_on text not null, reason text not null,
  at bigint not null, by_whom text not null
);
create index plan_event on plan (project, event, at);

-- Who else sees data, and what they were given.
create table recipient (
  id text primary key, class text not null, name text not null, role text not null, country text not null,
  safeguard text, contract_until text, reviewed_at bigint, reviewed_by text, review_until text, assessed_at bigint,
  assessed_by text, blocked_since bigint, blocked_why text, added_at bigint not null
);
create index recipient_class on recipient (class);
create index recipient_review on recipient (review_until);
create table share (
  id text primary key, project text not null, holding text references holding (id), recipient text not null,
  what text not null, purpose text not null, clause text not null, at bigint not null, by_whom text not null,
  approved_by text, told_of_change_at bigint
);
create index share_holding on share (holding, at);
create index share_recipient on share (recipient, at);
create index share_project on share (project, purpose, at);

-- Recordings, transcripts and other files, each sealed under a key of its own.
create table blob (
  id text primary key, project text not null, holding text references holding (id), kind text not null,
  media text not null, state text not null, size bigint not null, frames bigint not null, of_blob text,
  notice text not null, source_kind text not null, source text not null, made_on text, added_at bigint not null,
  by_whom text not null, keep_until text, erased_at bigint, erased_why text
);
create index blob_holding on blob (holding, kind, erased_at);
create index blob_project on blob (project, kind, state);
create index blob_keep on blob (keep_until);
create table blob_person (
  blob text not null references blob (id), holding text not null references holding (id),
  primary key (blob, holding)
);
create index blob_person_holding on blob_person (holding);
create table vendor_job (
  id text primary key, project text not null, blob text not null, recipient text not null, sent_at bigint not null,
  sent_by text not null, delivered_at bigint, transcript text, approved_at bigint, approved_by text,
  refused_at bigint, delete_by text, instructed_at bigint, instruction text, confirmed_at bigint, confirmed_by text
);
create index vendor_job_blob on vendor_job (blob);
create index vendor_job_due on vendor_job (confirmed_at, delete_by);
create index vendor_job_recipient on vendor_job (recipient, sent_at);

-- Interviews and focus groups, and who was there.
create table meeting (
  id text primary key, project text not null, kind text not null, channel text not null, held_on text not null,
  state text not null, invited_at bigint, said text, by_whom text not null
);
create index meeting_project on meeting (project, held_on);
create table attendance (
  meeting text not null references meeting (id), holding text not null references holding (id), state text not null,
  primary key (meeting, holding)
);
create index attendance_holding on attendance (holding);

-- Answers to anonymous surveys: no holding, and the day only.
create table answer (
  id text primary key, project text not null, survey text not null, sealed bytea not null, answered_on text not null
);
create index answer_survey on answer (project, survey);

-- Who must do what by when.
create table duty (
  id text primary key, project text not null, kind text not null, clause text not null, holding text,
  recipient text, about text, mark text not null unique, due text, raised_at bigint not null, told_at bigint,
  done_at bigint, outcome text, by_whom text
);
create index duty_due on duty (done_at, due);
create index duty_holding on duty (holding);
create index duty_project on duty (project, kind, done_at);
create index duty_clause on duty (clause, done_at);

-- Rights, complaints, and the post that brings them.
create table request (
  id text primary key, project text not null, holding text, kinds text not null, channel text not null,
  received_on text not null, received_at bigint not null, identity text not null, identity_asked_on text,
  identity_settled_on text, due text not null, target text, latest text not null, extended_at bigint,
  extended_why text, state text not null, decision text, decided_at bigint, decided_by text, reasons bytea,
  words bytea, reply bytea, answered_at bigint, law text
);
create index request_holding on request (holding);
create index request_due on request (state, due);
create index request_project on request (project, received_on);
create table complaint (
  id text primary key, project text not null, holding text, channel text not null, received_on text not null,
  acknowledge_by text not null, acknowledged_at bigint, state text not null, outcome text, closed_at bigint,
  by_whom text, words bytea, reply bytea, told_of_regulator bigint not null
);
create index complaint_state on complaint (state, acknowledge_by);
create index complaint_project on complaint (project, received_on);
create table mail (
  id text primary key, received_at bigint not null, sealed bytea, project text, asks text, routed_why text, state text not null,
  holding text, request text, by_whom text, erased_at bigint
);
create index mail_state on mail (state, received_at);
create index mail_holding on mail (holding);
create table message (
  id text primary key, project text not null, holding text references holding (id), kind text not null,
  purpose text not null, clause text not null, sealed bytea, made_at bigint not null, sent_at bigint, by_whom text not null
);
create index message_holding on message (holding, made_at);
create index message_unsent on message (sent_at, made_at);

-- New versions of a notice, and who has been told.
create table notification (
  id text primary key, notice text not null, version bigint not null, holding text not null references holding (id),
  why text not null, due text not null, told_at bigint, told_how text, unique (notice, version, holding)
);
create index notification_due on notification (told_at, due);

-- What leaves as a publication.
create table release (
  id text primary key, project text not null, what text not null, label text not null, k bigint, digest text not null,
  content text, clause text not null, at bigint not null, by_whom text not null
);
create index release_project on release (project, at);

-- How data are looked after.
create table assessment (
  id text primary key, project text not null, kind text not null, about text not null, outcome text not null,
  at bigint not null, by_whom text not null, good_until text
);
create index assessment_about on assessment (about, kind, at);
create index assessment_until on assessment (good_until);
create table hold (
  id text primary key, holding text not null references holding (id), items text not null, why text not null,
  cites text not null, since bigint not null, by_whom text not null, lifted_at bigint, lifted_by text
);
create index hold_holding on hold (holding, lifted_at);
create table access (
  id text primary key, staff text not null, project text not null, since bigint not null, until text, given_by text not null,
  ended_at bigint
);
create index access_staff on access (staff, project, ended_at);

-- Doors.
create table staff (
  id text primary key, name text not null, email text not null unique, role text not null, password text,
  added_at bigint not null, left_at bigint
);
create table session (
  token text primary key, staff text not null references staff (id), began_at bigint not null, expires_at bigint not null,
  ended_at bigint
);
create index session_staff on session (staff);
create table link (
  token text primary key, kind text not null, about text not null, project text, made_at bigint not null,
  expires_at bigint not null, uses bigint not null, used_at bigint
);
create index link_about on link (about);
create table setting (name text primary key, said text not null);

-- Erasures begun and finished; the ledger file outside the database says the same.
create table erasure (
  id text primary key, project text not null, thing text not null, kind text not null, what text not null,
  why text not null, begun_at bigint not null, finished_at bigint
);
create index erasure_thing on erasure (thing);
create index erasure_open on erasure (finished_at);

-- Evidence: written unordered with each act, numbered later, signed as a whole.
create table evidence (
  id text primary key, arrival bigint not null, number bigint unique, leaf bytea, at bigint not null, verb text not null,
  who text not null, project text not null, notice text not null, cites text not null, purpose text not null,
  about text not null, outcome text not null, detail text not null, sealed bytea
);
create index evidence_pending on evidence (number, arrival);
create index evidence_about on evidence (about, at);
create index evidence_project on evidence (project, at);
create index evidence_at on evidence (at);
create table cite (
  clause text not null, at bigint not null, entry text not null references evidence (id), outcome text not null,
  primary key (clause, at, entry)
);
create index cite_entry on cite (entry);
create table checkpoint (
  size bigint primary key, root bytea not null, peaks bytea not null, note text not null, at bigint not null
);
