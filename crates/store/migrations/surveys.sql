-- Surveys: their questions, and which value answers which question.
create table survey (
  id text primary key, project text not null, notice text not null, name text not null, version bigint not null, anonymous bigint not null,
  content text not null, state text not null, made_at bigint not null, by_whom text not null, published_at bigint, published_by text,
  closed_at bigint, unique (notice, name, version)
);
create index survey_project on survey (project, state);
create table survey_answer (
  id text primary key, survey text not null, response text not null, holding text not null, question text not null, item text not null,
  value text not null, answered_on text not null
);
create index survey_answer_holding on survey_answer (holding, item);
create index survey_answer_survey on survey_answer (survey, question);
create index survey_answer_value on survey_answer (value);
-- Nobody's answers: of which version, by which code they are taken back, and whether they still lie in the order in which they came.
alter table answer add column version bigint;
alter table answer add column undo text;
alter table answer add column filed bigint;
create index answer_undo on answer (undo);
create index answer_filed on answer (filed, answered_on);
