-- Releases as events name them or people tell us, and where they were deployed.
CREATE TABLE app_release (
  project BIGINT NOT NULL,
  name TEXT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT,
  events BIGINT NOT NULL,
  released BIGINT,
  url TEXT,
  ref TEXT,
  PRIMARY KEY (project, name)
) ${clustered};
CREATE INDEX app_release_seen ON app_release (project, first_seen);
-- What was known before: an issue's first event is the oldest trace of its first release.
INSERT INTO app_release (project, name, first_seen, last_seen, events)
  SELECT r.project, r.name,
    COALESCE((SELECT MIN(i.first_seen) FROM issue i
              WHERE i.project = r.project AND i.first_release = r.name), r.last_seen),
    r.last_seen, 0
  FROM project_release r;
CREATE INDEX issue_first_release ON issue (project, first_release, events, id);

CREATE TABLE deploy (
  id ${id} PRIMARY KEY,
  project BIGINT NOT NULL,
  release_name TEXT NOT NULL,
  environment TEXT NOT NULL,
  name TEXT,
  url TEXT,
  description TEXT,
  started BIGINT,
  finished BIGINT NOT NULL,
  actor TEXT NOT NULL,
  user_name TEXT,
  user_email TEXT
);
CREATE INDEX deploy_finished ON deploy (project, finished, id);
CREATE INDEX deploy_release ON deploy (project, release_name, finished);

INSERT INTO id_sequence (name, next_id) VALUES ('deploy', 1);
