-- What people agreed to: the words once for all who were asked alike, and numbers as values have them.
create table terms (
  number integer primary key, kind text not null, words text not null, notice text not null, how text not null,
  unique (kind, words, notice, how)
);
insert into terms (number, kind, words, notice, how)
  select row_number() over (order by w.kind, w.words, w.notice, w.how), w.kind, w.words, w.notice, w.how
  from (select distinct kind, words, notice, how from consent) w;
create table consent_2 (
  number integer primary key, terms bigint not null, at bigint not null, by_whom text not null, withdrawn_at bigint, withdrawn_how text
);
insert into consent_2 (number, terms, at, by_whom, withdrawn_at, withdrawn_how)
  select h.number * 1048576 + row_number() over (partition by c.holding order by c.at, c.id), t.number, c.at,
  case when c.by_whom = 'person:' || c.holding then 'person' else c.by_whom end, c.withdrawn_at, c.withdrawn_how
  from consent c join holding h on h.id = c.holding
  join terms t on t.kind = c.kind and t.words = c.words and t.notice = c.notice and t.how = c.how;
drop table consent;
alter table consent_2 rename to consent;
-- An agreement with all that is known of it.
create view agreement as select c.number, h.id as holding, t.kind, t.words, t.notice, t.how, c.at, c.by_whom, c.withdrawn_at, c.withdrawn_how
  from holding h join consent c on c.number between h.number * 1048576 and h.number * 1048576 + 1048575 and h.number = c.number / 1048576
  join terms t on t.number = c.terms;
-- By when somebody must be told is said of few.
drop index holding_told;
create index holding_told on holding (told_due) where told_due is not null;
