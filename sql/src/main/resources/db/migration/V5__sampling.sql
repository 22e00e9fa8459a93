-- Where the group of the door's burst sampling may read on from after a crash.
INSERT INTO subscriber_position (group_name, positions) VALUES ('sampling', '');

-- Projects that want another threshold than the usual one; 0: every event is kept whole.
CREATE TABLE project_sampling (
  project BIGINT PRIMARY KEY REFERENCES project (id) ON DELETE CASCADE,
  events_per_minute INTEGER NOT NULL
);
