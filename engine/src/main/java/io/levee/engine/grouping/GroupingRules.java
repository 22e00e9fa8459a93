package io.levee.engine.grouping;

import io.levee.event.Event;
import io.levee.event.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project's compiled rules: which fingerprint an event gets, and which frames are the
 * application's own. Immutable and thread-safe; two are equal only when they are the same.
 */
public final class GroupingRules {
  /** Without any rule. */
  public static final GroupingRules NONE = new GroupingRules("", List.of(), List.of());

  /**
   * The rule that an event matches.
   *
   * @param fingerprint its parts, variables unresolved
   * @param title for the event, variables unresolved; null: its own
   * @param text the rule as it was written
   */
  record Match(List<String> fingerprint, @Nullable String title, String text) {}

  private final String text;
  private final List<FingerprintRule> fingerprints;
  private final List<FrameRule> frames;

  GroupingRules(String text, List<FingerprintRule> fingerprints, List<FrameRule> frames) {
    this.text = text;
    this.fingerprints = List.copyOf(fingerprints);
    this.frames = List.copyOf(frames);
  }

  /** As they were written. */
  public String text() {
    return text;
  }

  /** How many there are. */
  public int size() {
    return fingerprints.size() + frames.size();
  }

  /** The first rule that an event matches; null when none does. */
  @Nullable Match match(Event event) {
    for (FingerprintRule rule : fingerprints) {
      if (rule.matches(event)) {
        return new Match(rule.fingerprint(), rule.title(), rule.text());
      }
    }
    return null;
  }

  /** What the last rule that matches a frame says of it; null when none does. */
  InApp.@Nullable Answer inApp(Frame frame, Platform platform) {
    for (int i = frames.size() - 1; i >= 0; i--) {
      if (frames.get(i).matches(frame, platform)) {
        return frames.get(i).answer();
      }
    }
    return null;
  }
}
