-- Under which root key a key is wrapped, so that the root key can be changed while both are read.
alter table sealing add column root text not null default '';
