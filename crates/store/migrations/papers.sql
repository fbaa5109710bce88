-- Something sealed under a key of its own until a day: a list before it is taken in, a draft, an order, an authority that was shown.
create table paper (
  id text primary key, kind text not null, project text not null, holding text, about text, media text not null, size bigint not null,
  sealed bytea, made_at bigint not null, by_whom text not null, until text, erased_at bigint
);
create index paper_holding on paper (holding);
create index paper_about on paper (about);
create index paper_until on paper (erased_at, until);
