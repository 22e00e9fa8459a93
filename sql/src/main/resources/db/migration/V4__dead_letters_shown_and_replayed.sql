-- Where the last attempt failed, and how many bytes the event has: a group is bounded by these.
ALTER TABLE dead_letter ADD COLUMN stack TEXT NOT NULL DEFAULT '';
ALTER TABLE dead_letter ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0;
UPDATE dead_letter SET bytes = LENGTH(record);
CREATE INDEX dead_letter_size ON dead_letter (group_name, bytes);

-- Which letters had their effect when they were delivered again: written in the same transaction as
-- the effect, removed with the letter.
CREATE TABLE replayed_delivery (
  group_name TEXT NOT NULL,
  bus_partition INTEGER NOT NULL,
  bus_offset BIGINT NOT NULL,
  PRIMARY KEY (group_name, bus_partition, bus_offset)
) ${clustered};
