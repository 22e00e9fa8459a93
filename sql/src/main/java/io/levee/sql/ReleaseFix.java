package io.levee.sql;

import io.levee.engine.release.ReleaseOrder;
import io.levee.engine.work.Fix;
import java.util.Map;

/**
 * Tells whether events speak against an issue's being resolved in a release. Those of no release,
 * or of an older one, don't.
 */
record ReleaseFix(Fix fix, ReleaseRows releases, long project) {
  /** Whether one of a batch's events does that came in after a moment, in microseconds. */
  boolean isBrokenBy(IssueDelta delta, long resolvedMicros) {
    for (Map.Entry<String, Long> each : delta.releasesReceived().entrySet()) {
      if (each.getValue() > resolvedMicros && speaksAgainst(each.getKey())) {
        return true;
      }
    }
    return false;
  }

  private boolean speaksAgainst(String release) {
    return switch (fix) {
      case Fix.InRelease(String in) -> compare(release, in) >= 0;
      case Fix.AfterRelease(String after) -> after == null || compare(release, after) > 0;
    };
  }

  private int compare(String release, String other) {
    return ReleaseOrder.compare(
        release, releases.firstSeen(project, release), other, releases.firstSeen(project, other));
  }
}
