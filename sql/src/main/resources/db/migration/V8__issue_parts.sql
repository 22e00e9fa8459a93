-- An issue that holds events of several fingerprints is made of parts, so that it can be taken
-- apart again with every count exact. A part is a row of table issue that nobody sees: its project
-- is negative. All that hangs on an issue (hours, users, environments, releases) hangs on a part in
-- the same way. An issue of one fingerprint has no parts.
--   shell  1: the row of an issue that was merged when it had parts itself; it counts nothing
CREATE TABLE issue_part (
  part ${id} PRIMARY KEY REFERENCES issue (id) ON DELETE CASCADE,
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  shell SMALLINT NOT NULL
);
CREATE INDEX issue_part_issue ON issue_part (issue);

--   part    which part of the issue counts its events; null when the issue has no parts
--   joins   1: it is no event's own fingerprint and only finds the issue for events not seen before
--   pinned  1: somebody put it where it is
ALTER TABLE issue_fingerprint ADD COLUMN part BIGINT;
ALTER TABLE issue_fingerprint ADD COLUMN joins SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE issue_fingerprint ADD COLUMN pinned SMALLINT NOT NULL DEFAULT 0;

-- Who merged and took apart what.
CREATE TABLE issue_merge (
  id ${id} PRIMARY KEY,
  issue BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  merged SMALLINT NOT NULL,
  other BIGINT NOT NULL,
  title TEXT NOT NULL
);
CREATE INDEX issue_merge_issue ON issue_merge (issue, id);
INSERT INTO id_sequence (name, next_id) VALUES ('merge', 1);

-- Since when a version of the grouping algorithm is used, and whether issues of an older one were
-- there then: their fingerprints go on finding issues for a while.
CREATE TABLE grouping_version (
  version INTEGER PRIMARY KEY,
  since BIGINT NOT NULL,
  succeeds SMALLINT NOT NULL
);
