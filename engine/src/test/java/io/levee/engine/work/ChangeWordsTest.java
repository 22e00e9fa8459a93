package io.levee.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChangeWordsTest {
  private static Change read(Map<String, String> words) {
    return ChangeWords.read(words::get);
  }

  @Test
  void readsWhatTheManualSays() {
    assertThat(read(Map.of("action", "resolve"))).isEqualTo(new Change.Resolve());
    assertThat(read(Map.of("action", "resolve_in_release", "release", " 1.0 ")))
        .isEqualTo(new Change.ResolveInRelease("1.0"));
    assertThat(read(Map.of("action", "set_priority", "priority", "HIGH")))
        .isEqualTo(new Change.Prioritise(Priority.HIGH));
    assertThat(read(Map.of("action", "ignore"))).isEqualTo(new Change.Ignore(new Until.Forever()));
    assertThat(read(Map.of("action", "ignore", "until", "2026-12-01T00:00:00+01:00")))
        .isEqualTo(new Change.Ignore(new Until.Time(Instant.parse("2026-11-30T23:00:00Z"))));
    assertThat(read(Map.of("action", "ignore", "events", "100")))
        .isEqualTo(new Change.Ignore(new Until.Events(100)));
    assertThat(read(Map.of("action", "ignore", "events", "100", "hours", "24")))
        .isEqualTo(new Change.Ignore(new Until.Rate(100, 24)));
    assertThat(read(Map.of("action", "ignore", "users", "5")))
        .isEqualTo(new Change.Ignore(new Until.Users(5)));
  }

  @Test
  void saysWhatIsWrongAndWhatWasExpected() {
    refuses("expected: unresolve, resolve", Map.of());
    refuses("\"explode\"", Map.of("action", "explode"));
    refuses("expected: the name of one", Map.of("action", "resolve_in_release"));
    refuses("none, low, medium or high", Map.of("action", "set_priority", "priority", "x"));
    refuses("RFC 3339", Map.of("action", "ignore", "until", "tomorrow"));
    refuses("whole number", Map.of("action", "ignore", "events", "-1"));
    refuses("at least 1", Map.of("action", "ignore", "events", "0"));
    refuses("1..168", Map.of("action", "ignore", "events", "5", "hours", "999"));
    refuses("one of", Map.of("action", "ignore", "events", "5", "users", "5"));
    refuses("one of", Map.of("action", "ignore", "hours", "5"));
  }

  private static void refuses(String part, Map<String, String> words) {
    assertThatThrownBy(() -> read(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }
}
