-- The log in the order in which it came. What many entries say alike is kept once and referred to by number, and so is whom they
-- name; an entry's number in the log follows from the run of arrivals it came in.
create table wording (
  number integer primary key, verb text not null, project text not null, notice text not null, cites text not null,
  purpose text not null, outcome text not null, unique (cites, verb, project, notice, purpose, outcome)
);
insert into wording (number, verb, project, notice, cites, purpose, outcome)
  select row_number() over (order by verb, project, notice, cites, purpose, outcome), verb, project, notice, cites, purpose, outcome
  from (select distinct verb, project, notice, cites, purpose, outcome from evidence) alike;
create table filing (clause text not null, wording bigint not null, primary key (clause, wording));
insert into filing (clause, wording)
  select distinct c.clause, w.number from cite c join evidence e on e.id = c.entry join wording w on w.cites = e.cites
    and w.verb = e.verb and w.project = e.project and w.notice = e.notice and w.purpose = e.purpose and w.outcome = e.outcome;
create table pseudonym (number integer primary key, id text not null unique);
insert into pseudonym (number, id)
  select row_number() over (order by id), id from (select who as id from evidence union select about from evidence where about <> '') named;
-- Ids from before an entry's own was made of its time and of chance.
create table elder (arrival integer primary key, id text not null unique);
insert into elder (arrival, id)
  select row_number() over (order by case when number is null then 1 else 0 end, number, arrival, id), id from evidence;
create table entry (
  arrival integer primary key, at bigint not null, chance bigint not null, wording bigint not null, who bigint not null,
  about bigint, detail text not null, leaf bytea, sealed bytea
);
insert into entry (arrival, at, chance, wording, who, about, detail, leaf, sealed)
  select x.arrival, e.at, 0, w.number, u.number, p.number, e.detail, e.leaf, e.sealed
  from evidence e join elder x on x.id = e.id join wording w on w.cites = e.cites and w.verb = e.verb and w.project = e.project
    and w.notice = e.notice and w.purpose = e.purpose and w.outcome = e.outcome
  join pseudonym u on u.id = e.who left join pseudonym p on p.id = e.about order by x.arrival;
create index entry_at on entry (at);
create index entry_wording on entry (wording, arrival);
create index entry_about on entry (about, arrival) where about is not null;
create table arrived (first integer primary key, last bigint not null, number bigint unique);
insert into arrived (first, last, number)
  select min(x.arrival), max(x.arrival), 0 from evidence e join elder x on x.id = e.id where e.number is not null having count(*) > 0;
insert into arrived (first, last)
  select min(x.arrival), max(x.arrival) from evidence e join elder x on x.id = e.id where e.number is null having count(*) > 0;
drop table cite;
drop table evidence;
