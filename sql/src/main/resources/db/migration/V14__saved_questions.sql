-- Questions of the pipe language under a name; the name in small letters keeps it unique in any case.
CREATE TABLE saved_question (
  id ${id} PRIMARY KEY,
  project BIGINT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  question TEXT NOT NULL,
  time_range TEXT NOT NULL,
  view_kind TEXT NOT NULL,
  saved BIGINT NOT NULL
);
CREATE UNIQUE INDEX saved_question_name ON saved_question (project, name_key);
