-- Keys changed for fresh ones: how far it has come, so that a crash costs nothing.
create table rotation (
  id text primary key, kind text not null, project text not null, was text not null, becomes text not null, upto text not null,
  done bigint not null, begun_at bigint not null, finished_at bigint
);
