-- What people do about issues. An issue without a row in issue_work is as version 0 was: nobody
-- has done anything about it but set its status, before this table was there.
--   rule  0 none; ignored until: 1 a moment, 2 more events, 3 a rate, 4 more users;
--         resolved: 5 in a release, 6 in the one after it
--   what a rule counts from: base_events, base_users, and base_hour with its base_hour_events
CREATE TABLE issue_work (
  issue ${id} PRIMARY KEY REFERENCES issue (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  priority SMALLINT NOT NULL,
  escalating SMALLINT NOT NULL,
  rule SMALLINT NOT NULL,
  rule_number BIGINT NOT NULL,
  rule_hours INTEGER NOT NULL,
  rule_release TEXT,
  base_events BIGINT NOT NULL,
  base_users BIGINT NOT NULL,
  base_hour BIGINT NOT NULL,
  base_hour_events BIGINT NOT NULL
);
CREATE INDEX issue_work_rule ON issue_work (rule, rule_number);

ALTER TABLE issue_activity ADD COLUMN kind TEXT NOT NULL DEFAULT 'status';
ALTER TABLE issue_activity ADD COLUMN detail TEXT NOT NULL DEFAULT '';
ALTER TABLE issue_activity ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

CREATE TABLE issue_comment (
  id ${id} PRIMARY KEY,
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  edited BIGINT,
  actor TEXT NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX issue_comment_issue ON issue_comment (issue, id);

CREATE TABLE issue_bookmark (
  actor TEXT NOT NULL,
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  PRIMARY KEY (actor, issue)
) ${clustered};
CREATE INDEX issue_bookmark_issue ON issue_bookmark (issue);

-- Changes that can be taken back: what each of their issues was before.
CREATE TABLE issue_change (
  id ${id} PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  undone SMALLINT NOT NULL
);
CREATE INDEX issue_change_at ON issue_change (at);
CREATE TABLE issue_change_item (
  change_id BIGINT NOT NULL REFERENCES issue_change (id) ON DELETE CASCADE,
  issue BIGINT NOT NULL,
  project BIGINT NOT NULL,
  version BIGINT NOT NULL,
  status SMALLINT NOT NULL,
  status_since BIGINT NOT NULL,
  regressed SMALLINT NOT NULL,
  priority SMALLINT NOT NULL,
  escalating SMALLINT NOT NULL,
  rule SMALLINT NOT NULL,
  rule_number BIGINT NOT NULL,
  rule_hours INTEGER NOT NULL,
  rule_release TEXT,
  base_events BIGINT NOT NULL,
  base_users BIGINT NOT NULL,
  base_hour BIGINT NOT NULL,
  base_hour_events BIGINT NOT NULL,
  PRIMARY KEY (change_id, issue)
) ${clustered};

INSERT INTO id_sequence (name, next_id) VALUES ('comment', 1), ('change', 1);
