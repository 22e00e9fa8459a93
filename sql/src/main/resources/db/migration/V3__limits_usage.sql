-- What somebody set; a project's own have the key ''.
CREATE TABLE limit_setting (
  project BIGINT NOT NULL,
  sender_key TEXT NOT NULL,
  name TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (project, sender_key, name)
) ${clustered};

-- What was taken of whom, moved in the same transaction as the ledger. Events that came before this
-- table are in it, their bytes are not: nobody counted them.
CREATE TABLE usage_hour (
  project BIGINT NOT NULL,
  sender_key TEXT NOT NULL,
  hour BIGINT NOT NULL,
  events BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (project, sender_key, hour)
) ${clustered};
CREATE INDEX usage_hour_hour ON usage_hour (hour);
INSERT INTO usage_hour (project, sender_key, hour, events, bytes)
  SELECT project, sender_key, minute / 60, SUM(quantity), 0 FROM ledger
  WHERE outcome = 'accepted' GROUP BY project, sender_key, minute / 60;

-- The last generation of the door's counters that is in the ledger.
CREATE TABLE ledger_generation (
  name TEXT PRIMARY KEY,
  generation BIGINT NOT NULL
);
INSERT INTO ledger_generation (name, generation) VALUES ('door', 0);
