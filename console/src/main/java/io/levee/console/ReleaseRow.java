package io.levee.console;

import io.levee.engine.release.Release;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the list of releases. */
record ReleaseRow(
    String name,
    TimeText first,
    @Nullable TimeText last,
    @Nullable TimeText released,
    String events,
    String newIssues,
    int deploys) {
  static ReleaseRow of(Release release, Instant now) {
    return new ReleaseRow(
        release.name(),
        TimeText.of(release.firstSeen(), now),
        release.lastSeen() == null ? null : TimeText.of(release.lastSeen(), now),
        release.released() == null ? null : TimeText.of(release.released(), now),
        Figures.exact(release.events()),
        Figures.exact(release.newIssues()),
        release.deploys());
  }
}
