-- keys.db, apart from data.db and backed up apart: destroying a row makes what it opened unreadable everywhere.
create table sealing (id text primary key, wrapped bytea not null, made_at bigint not null);
