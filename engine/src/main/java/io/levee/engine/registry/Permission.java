package io.levee.engine.registry;

/** What a key allows. */
public enum Permission {
  /** Send events. This is all that a key that ships in a browser may do. */
  INGEST,
  /** Read events, issues and counts. */
  READ,
  /** Say which releases there are and where they were deployed: for build servers. */
  RELEASE,
  /** Change states and settings, and all that {@link #RELEASE} allows. */
  ADMIN
}
