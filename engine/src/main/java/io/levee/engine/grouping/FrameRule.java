package io.levee.engine.grouping;

import io.levee.event.Frame;
import java.util.List;

/**
 * Says of frames that match all of its conditions whether they are the application's own.
 *
 * @param answer with the rule as it was written
 */
record FrameRule(List<RuleMatcher> matchers, InApp.Answer answer) {
  FrameRule {
    matchers = List.copyOf(matchers);
  }

  boolean matches(Frame frame, Platform platform) {
    return all(matchers, frame, platform);
  }

  /** Whether all conditions on frames hold for this one. */
  static boolean all(List<RuleMatcher> matchers, Frame frame, Platform platform) {
    for (RuleMatcher matcher : matchers) {
      if (matcher.field().isOfFrame() && !matcher.matches(frame, platform)) {
        return false;
      }
    }
    return true;
  }
}
