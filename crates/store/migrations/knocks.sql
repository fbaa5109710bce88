-- How often somebody tried to sign in in vain: for an account, from an address, by a browser that is known.
create table knock (
  door text primary key, failures bigint not null, last_at bigint not null
);
