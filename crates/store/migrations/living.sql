-- A value with all that is known of it, of people who are not erased: rows of others may stay for a moment, and open with nothing.
drop view held;
create view held as select v.number, v.id, h.id as holding, i.name as item, v.sealed, o.source_kind, o.source, o.told_by, g.at as collected_at,
  o.notice, g.by_whom, o.volunteered, v.keep_until, g.supersedes, g.why
  from holding h join value v on v.number between h.number * 1048576 and h.number * 1048576 + 1048575 and h.number = v.number / 1048576
  join item i on i.number = v.item join origin o on o.number = v.origin
  join given g on g.number = (select max(x.number) from given x where x.number <= v.number)
  where h.erased_at is null;
