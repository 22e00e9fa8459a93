-- One text for SQLite and PostgreSQL. What the two spell differently comes in from the dialect:
--   ${id}         a 64-bit key that the row is stored by
--   ${bytes}      a byte string
--   ${clustered}  "store the rows in the primary key's tree", where that must be said
-- Times are microseconds since the epoch; hours and minutes are counted since the epoch.

CREATE TABLE id_sequence (
  name TEXT PRIMARY KEY,
  next_id BIGINT NOT NULL
);
INSERT INTO id_sequence (name, next_id) VALUES ('project', 1), ('issue', 1), ('activity', 1), ('dead_letter', 1);

-- Where a group stands, moved in the same transaction as its effects.
CREATE TABLE subscriber_position (
  group_name TEXT PRIMARY KEY,
  positions TEXT NOT NULL
);
INSERT INTO subscriber_position (group_name, positions) VALUES ('issue', ''), ('measure', '');

CREATE TABLE project (
  id ${id} PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  log_id TEXT NOT NULL UNIQUE,
  retention_days INTEGER NOT NULL,
  created BIGINT NOT NULL
);

-- A key is found by its hash. The value itself is kept only of keys that may do no more than send;
-- of the others a mask is kept, for lists.
CREATE TABLE project_key (
  hash TEXT PRIMARY KEY,
  project BIGINT NOT NULL REFERENCES project (id),
  permissions TEXT NOT NULL,
  shown TEXT NOT NULL,
  created BIGINT NOT NULL
);
CREATE INDEX project_key_project ON project_key (project, created, hash);

CREATE TABLE issue (
  id ${id} PRIMARY KEY,
  project BIGINT NOT NULL,
  status SMALLINT NOT NULL,
  status_since BIGINT NOT NULL,
  regressed SMALLINT NOT NULL,
  level SMALLINT NOT NULL,
  events BIGINT NOT NULL,
  users BIGINT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  title TEXT NOT NULL,
  culprit TEXT,
  exception_type TEXT,
  platform TEXT,
  logger TEXT,
  first_release TEXT,
  last_release TEXT,
  search_text TEXT NOT NULL
);
-- One for each order of the list; the first also answers how many there are in a stretch of time.
CREATE INDEX issue_by_status ON issue (project, status, last_seen, id, first_seen);
CREATE INDEX issue_by_last_seen ON issue (project, last_seen, id);
CREATE INDEX issue_by_first_seen ON issue (project, first_seen, id);
CREATE INDEX issue_by_events ON issue (project, events, id);
CREATE INDEX issue_by_users ON issue (project, users, id);

-- Which issue an event belongs to. Merging issues changes rows here and nowhere else.
CREATE TABLE issue_fingerprint (
  project BIGINT NOT NULL,
  version SMALLINT NOT NULL,
  hash_high BIGINT NOT NULL,
  hash_low BIGINT NOT NULL,
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (project, version, hash_high, hash_low)
) ${clustered};
CREATE INDEX issue_fingerprint_issue ON issue_fingerprint (issue, ordinal);

-- Apart from the issue, because lists read issues and never sketches.
CREATE TABLE issue_users (
  issue ${id} PRIMARY KEY REFERENCES issue (id) ON DELETE CASCADE,
  sketch ${bytes} NOT NULL
);

CREATE TABLE issue_hour (
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  hour BIGINT NOT NULL,
  events BIGINT NOT NULL,
  PRIMARY KEY (issue, hour)
) ${clustered};

CREATE TABLE issue_environment (
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  project BIGINT NOT NULL,
  PRIMARY KEY (issue, name)
) ${clustered};
CREATE INDEX issue_environment_name ON issue_environment (project, name, issue);

CREATE TABLE issue_release (
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  project BIGINT NOT NULL,
  PRIMARY KEY (issue, name)
) ${clustered};
CREATE INDEX issue_release_name ON issue_release (project, name, issue);

-- What filters offer, without looking at every issue.
CREATE TABLE project_environment (
  project BIGINT NOT NULL,
  name TEXT NOT NULL,
  last_seen BIGINT NOT NULL,
  PRIMARY KEY (project, name)
) ${clustered};
CREATE INDEX project_environment_seen ON project_environment (project, last_seen);

CREATE TABLE project_release (
  project BIGINT NOT NULL,
  name TEXT NOT NULL,
  last_seen BIGINT NOT NULL,
  PRIMARY KEY (project, name)
) ${clustered};
CREATE INDEX project_release_seen ON project_release (project, last_seen);

CREATE TABLE issue_activity (
  id ${id} PRIMARY KEY,
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  from_status SMALLINT NOT NULL,
  to_status SMALLINT NOT NULL,
  regressed SMALLINT NOT NULL
);
CREATE INDEX issue_activity_issue ON issue_activity (issue, id);

-- Project 0: the request named none that we know.
CREATE TABLE ledger (
  project BIGINT NOT NULL,
  minute BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  category TEXT NOT NULL,
  reason TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY (project, minute, outcome, category, reason)
) ${clustered};
CREATE INDEX ledger_minute ON ledger (minute);

CREATE TABLE dead_letter (
  id ${id} PRIMARY KEY,
  group_name TEXT NOT NULL,
  bus_partition INTEGER NOT NULL,
  bus_offset BIGINT NOT NULL,
  record ${bytes} NOT NULL,
  attempts INTEGER NOT NULL,
  cause TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (group_name, bus_partition, bus_offset)
);
CREATE INDEX dead_letter_group ON dead_letter (group_name, id);
