package io.levee.engine.work;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a change from named words, as the API and the console's forms have them: {@code action} and
 * what belongs to it.
 */
public final class ChangeWords {
  private static final int DIGITS_MAX = 15;
  private static final String ACTIONS =
      "unresolve, resolve, resolve_in_next_release, resolve_in_release, ignore, archive or"
          + " set_priority";

  private final Function<String, @Nullable String> words;

  private ChangeWords(Function<String, @Nullable String> words) {
    this.words = words;
  }

  /**
   * Reads one.
   *
   * @param words the value of a name; null when there is none
   * @throws IllegalArgumentException when they mean nothing; the message says what was expected
   */
  public static Change read(Function<String, @Nullable String> words) {
    return new ChangeWords(words).read();
  }

  private Change read() {
    String action = words.apply("action");
    return switch (action == null ? "" : action) {
      case "unresolve" -> new Change.Unresolve();
      case "resolve" -> new Change.Resolve();
      case "resolve_in_next_release" -> new Change.ResolveInNextRelease();
      case "resolve_in_release" -> new Change.ResolveInRelease(release());
      case "ignore" -> new Change.Ignore(until());
      case "archive" -> new Change.Archive();
      case "set_priority" -> new Change.Prioritise(priority());
      default ->
          throw new IllegalArgumentException(
              "action: \"" + action + "\" (expected: " + ACTIONS + ")");
    };
  }

  private String release() {
    String release = words.apply("release");
    if (release == null || release.isBlank()) {
      throw new IllegalArgumentException("release: none (expected: the name of one)");
    }
    return release.strip();
  }

  private Priority priority() {
    String word = words.apply("priority");
    Priority priority = word == null ? null : Priority.parse(word);
    if (priority == null) {
      throw new IllegalArgumentException(
          "priority: \"" + word + "\" (expected: none, low, medium or high)");
    }
    return priority;
  }

  private Until until() {
    String until = words.apply("until");
    Long events = number("events");
    Long hours = number("hours");
    Long users = number("users");
    int given = (until == null ? 0 : 1) + (events == null ? 0 : 1) + (users == null ? 0 : 1);
    if (given > 1 || (hours != null && events == null)) {
      throw new IllegalArgumentException(
          "ignore: (expected: one of until, events, events with hours, users; or none of them)");
    }
    if (until != null) {
      return new Until.Time(moment(until));
    }
    if (events != null) {
      return hours == null
          ? new Until.Events(events)
          : new Until.Rate(events, Math.toIntExact(Math.min(hours, Integer.MAX_VALUE)));
    }
    return users == null ? new Until.Forever() : new Until.Users(users);
  }

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("until: \"" + text + "\" (expected: RFC 3339)", e);
    }
  }

  private @Nullable Long number(String name) {
    String text = words.apply(name);
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > DIGITS_MAX || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          name + ": \"" + text + "\" (expected: a whole number, at least 1)");
    }
    return Long.valueOf(text);
  }
}
