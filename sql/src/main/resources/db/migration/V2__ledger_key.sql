-- The ledger says with which of a project's keys something was sent: its first digits, '' when they
-- are not known, as of all that was counted before.
CREATE TABLE ledger_by_key (
  project BIGINT NOT NULL,
  sender_key TEXT NOT NULL,
  minute BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  category TEXT NOT NULL,
  reason TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY (project, minute, sender_key, outcome, category, reason)
) ${clustered};
INSERT INTO ledger_by_key (project, sender_key, minute, outcome, category, reason, quantity)
  SELECT project, '', minute, outcome, category, reason, quantity FROM ledger;
DROP TABLE ledger;
ALTER TABLE ledger_by_key RENAME TO ledger;
CREATE INDEX ledger_minute ON ledger (minute);
