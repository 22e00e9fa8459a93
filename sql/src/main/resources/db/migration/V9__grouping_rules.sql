-- A project's own grouping rules, every version that anybody saved; the highest is in force.
CREATE TABLE grouping_rules (
  project BIGINT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  rules TEXT NOT NULL,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (project, version)
) ${clustered};
