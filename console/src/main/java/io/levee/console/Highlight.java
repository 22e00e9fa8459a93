package io.levee.console;

import io.levee.event.Event;
import io.levee.event.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of the few things that people ask of an event first: where, which release, who, which
 * request.
 *
 * @param query finds events with the same value; null when it can't be asked for
 */
record Highlight(String name, String value, @Nullable String query) {
  static List<Highlight> of(Event event) {
    List<Highlight> all = new ArrayList<>();
    add(all, "Environment", "environment", event.environment());
    add(all, "Release", "release", event.release());
    String url = event.request().url();
    String request =
        (Objects.requireNonNullElse(event.request().method(), "") + " " + path(url)).strip();
    if (!request.isEmpty()) {
      all.add(new Highlight("Request", request, null));
    }
    user(event.user()).ifPresent(user -> all.add(new Highlight("User", user, null)));
    add(all, "Host", "host", event.host());
    return all;
  }

  private static void add(List<Highlight> all, String name, String field, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      all.add(new Highlight(name, value, QueryWords.term(field, value)));
    }
  }

  /** Host and query are further down on the page. */
  private static String path(@Nullable String url) {
    if (url == null) {
      return "";
    }
    int scheme = url.indexOf("://");
    int slash = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
    String path = slash < 0 ? "/" : url.substring(slash);
    int end = path.indexOf('?');
    return end < 0 ? path : path.substring(0, end);
  }

  private static Optional<String> user(User user) {
    return Stream.of(user.name(), user.email(), user.id(), user.ip())
        .filter(Objects::nonNull)
        .filter(text -> !text.isBlank())
        .findFirst();
  }
}
