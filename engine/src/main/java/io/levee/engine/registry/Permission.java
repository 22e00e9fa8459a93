package io.levee.engine.registry;

/** What a key allows. */
public enum Permission {
  /** Send events. This is all that a key that ships in a browser may do. */
  INGEST,
  /** Read events, issues and counts. */
  READ,
  /** Change states and settings. */
  ADMIN
}
