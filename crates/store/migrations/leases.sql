-- Which server does a duty of the house at the moment, where several share one; taken over once its time has run out.
create table lease (
  name text primary key, holder text not null, fence bigint not null, until bigint not null, done_at bigint
);
