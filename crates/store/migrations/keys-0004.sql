-- A wrapped key lies in a slot of its own, which is overwritten when the key is destroyed, and is neither moved nor removed: a file's
-- rows are moved about when others go or grow, and where they lay before they may stay. Each slot is as long as every other.
create table slot (n bigint primary key, wrapped bytea not null check (length(wrapped) = 60));
alter table sealing rename to sealing_1;
create table sealing (id text primary key, made_at bigint not null, root text not null, slot bigint not null);
insert into slot (n, wrapped) select row_number() over (order by id), wrapped from sealing_1 order by id;
insert into sealing (id, made_at, root, slot) select id, made_at, root, row_number() over (order by id) from sealing_1 order by id;
drop table sealing_1;
