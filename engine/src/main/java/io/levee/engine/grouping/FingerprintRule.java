package io.levee.engine.grouping;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives events that match all of its conditions a fingerprint. The conditions on frames must hold
 * for one and the same frame, those on type and value for one and the same exception.
 *
 * @param text as it was written
 */
record FingerprintRule(
    List<RuleMatcher> matchers, List<String> fingerprint, @Nullable String title, String text) {
  FingerprintRule {
    matchers = List.copyOf(matchers);
    fingerprint = List.copyOf(fingerprint);
  }

  boolean matches(Event event) {
    Platform platform = Platform.of(event.platform());
    boolean onException = false;
    for (RuleMatcher matcher : matchers) {
      if (matcher.field().isOfEvent()) {
        if (!matcher.matches(event)) {
          return false;
        }
      } else {
        onException = true;
      }
    }
    return !onException || anyException(event, platform);
  }

  private boolean anyException(Event event, Platform platform) {
    for (ExceptionInfo exception : event.exceptions()) {
      if (matches(exception) && anyFrame(exception, platform)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(ExceptionInfo exception) {
    for (RuleMatcher matcher : matchers) {
      if (matcher.field().isOfException() && !matcher.matches(exception)) {
        return false;
      }
    }
    return true;
  }

  private boolean anyFrame(ExceptionInfo exception, Platform platform) {
    if (matchers.stream().noneMatch(matcher -> matcher.field().isOfFrame())) {
      return true;
    }
    for (Frame frame : exception.frames()) {
      if (FrameRule.all(matchers, frame, platform)) {
        return true;
      }
    }
    return false;
  }
}
