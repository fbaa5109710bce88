-- What each server of a house must notice of the others: `keys` counts the keys destroyed, `root` names the root key that wraps what is new.
create table change (name text primary key, said text not null, n bigint not null);
insert into change (name, said, n) values ('keys', '', 0);
-- The erasure ledger once more, for servers that share no folder; each keeps its own copy in a file too.
create table erased (kind text not null, said text not null, at text not null, primary key (kind, said));
