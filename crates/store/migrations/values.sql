-- What is said again and again is kept once. A value has a number: that of its holding, times 1048576, and which of the holding's
-- it is. So a person's values lie side by side, and an id is made from both and kept only where it is older than this.
alter table holding add column number bigint;
-- The highest number that a value had which is gone: none is given out twice.
alter table holding add column spent bigint;
update holding set number = r.n from (select id as of_id, row_number() over (order by opened_at, id) as n from holding) r
  where r.of_id = holding.id;
create unique index holding_number on holding (number);
-- The notice's names of items.
create table item (number integer primary key, name text not null unique);
insert into item (number, name) select row_number() over (order by w.item), w.item from (select distinct item from value) w;
-- From what kind of source, told by whom, under which notice.
create table origin (
  number integer primary key, source_kind text not null, source text not null, told_by text not null, notice text not null,
  volunteered bigint not null, unique (source_kind, source, told_by, notice, volunteered)
);
insert into origin (number, source_kind, source, told_by, notice, volunteered)
  select row_number() over (order by w.source_kind, w.source, w.told_by, w.notice, w.volunteered), w.source_kind, w.source, w.told_by, w.notice,
  w.volunteered from (select distinct source_kind, source, told_by, notice, volunteered from value) w;
create table value_2 (
  number integer primary key, item bigint not null, origin bigint not null, sealed bytea not null, keep_until text, id text
);
insert into value_2 (number, item, origin, sealed, keep_until, id)
  select h.number * 1048576 + row_number() over (partition by v.holding order by v.collected_at, v.id), i.number, o.number, v.sealed,
  v.keep_until, v.id from value v join holding h on h.id = v.holding join item i on i.name = v.item join origin o on
  o.source_kind = v.source_kind and o.source = v.source and o.told_by = v.told_by and o.notice = v.notice and o.volunteered = v.volunteered;
-- When and by whom: of the value with this number and of those that follow, up to the next.
create table given (number integer primary key, at bigint not null, by_whom text not null, supersedes text, why text);
insert into given (number, at, by_whom, supersedes, why)
  select n.number, v.collected_at, case when v.by_whom = 'person:' || v.holding then 'person' else v.by_whom end, v.supersedes, v.why
  from value_2 n join value v on v.id = n.id;
-- A turn knows the value it is by its number.
alter table turn add column place bigint;
update turn set place = n.number from value_2 n where n.id = turn.value and turn.holding is not null;
drop table value;
alter table value_2 rename to value;
create index value_item on value (item);
-- A value with all that is known of it.
create view held as select v.number, v.id, h.id as holding, i.name as item, v.sealed, o.source_kind, o.source, o.told_by, g.at as collected_at,
  o.notice, g.by_whom, o.volunteered, v.keep_until, g.supersedes, g.why
  from holding h join value v on v.number between h.number * 1048576 and h.number * 1048576 + 1048575 and h.number = v.number / 1048576
  join item i on i.number = v.item join origin o on o.number = v.origin
  join given g on g.number = (select max(x.number) from given x where x.number <= v.number);
