package io.levee.app;

/** What this program is called. */
final class Version {
  /** As in the parent pom. */
  static final String NAME = name();

  private Version() {}

  private static String name() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
