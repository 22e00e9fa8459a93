package io.levee.app;

import picocli.CommandLine;

/** Answers {@code --version}. */
final class VersionProvider implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Levee " + Version.NAME + " on Java " + Runtime.version()};
  }
}
