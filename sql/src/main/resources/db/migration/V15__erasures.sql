-- Wishes that data be deleted for good. What is not done yet is done after every start.
--   subject  of an issue: its fingerprints; of a user: the name that was given; '' once it is
--            forgotten: what is deleted must not live on in the wish
--   step     0 requested, 1 counted, 2 cleared, 3 forgotten, 4 done
CREATE TABLE erasure (
  id ${id} PRIMARY KEY,
  project BIGINT NOT NULL,
  issue BIGINT,
  subject TEXT NOT NULL,
  actor TEXT NOT NULL,
  requested BIGINT NOT NULL,
  step SMALLINT NOT NULL,
  events BIGINT NOT NULL,
  aside_too SMALLINT NOT NULL,
  left_files TEXT NOT NULL,
  trouble TEXT,
  finished BIGINT
);
CREATE INDEX erasure_project ON erasure (project, id);
CREATE INDEX erasure_open ON erasure (step, id);
INSERT INTO id_sequence (name, next_id) VALUES ('erasure', 1);
