-- Recordings that are still arriving, and the mark by which a bucket is known to be this house's.
create table upload (
  id text primary key, project text not null, holding text not null references holding (id), kind text not null,
  media text not null, size bigint not null, notice text not null, begun_at bigint not null, by_whom text not null
);
create index upload_holding on upload (holding);
create index upload_begun on upload (begun_at);
create table shelf (mark text primary key, made_at bigint not null);
