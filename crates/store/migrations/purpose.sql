-- Everybody's values of one kind, for what is read of all at once.
create index value_item on value (item, holding);
-- The log is written with every act and numbered a moment later: what waits is listed alone, and nothing is listed that nobody asks for.
drop index evidence_pending;
create index evidence_waiting on evidence (arrival) where number is null;
drop index cite_entry;
