package io.levee.edge.net;

import io.levee.event.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint of a call: the first route, in the order in which they were added, whose
 * pattern fits. A pattern is a path in which {@code {name}} stands for one segment; a slash at the
 * end of the path makes no difference.
 */
public final class Routes implements Endpoint {
  private record Route(String method, List<String> segments, Endpoint endpoint) {}

  private final List<Route> routes = new ArrayList<>();
  private Endpoint fallback =
      call -> HttpReply.json(404, Json.object("detail", Json.text("nothing here: " + call.path())));

  /** Adds a route; returns this. */
  public Routes on(String method, String pattern, Endpoint endpoint) {
    routes.add(new Route(method, segments(pattern), endpoint));
    return this;
  }

  /** Who answers when no route's pattern fits; returns this. */
  public Routes otherwise(Endpoint endpoint) {
    this.fallback = endpoint;
    return this;
  }

  @Override
  public HttpReply handle(HttpCall call) {
    List<String> path = segments(call.path());
    Set<String> allowed = new LinkedHashSet<>();
    for (Route route : routes) {
      Map<String, String> caught = match(route.segments(), path);
      if (caught == null) {
        continue;
      }
      if (route.method().equals(call.method())) {
        return route.endpoint().handle(call.withPathParameters(caught));
      }
      allowed.add(route.method());
    }
    if (allowed.isEmpty()) {
      return fallback.handle(call);
    }
    String methods = String.join(", ", allowed);
    String detail =
        "method " + call.method() + " is not for " + call.path() + " (expected: " + methods + ")";
    return HttpReply.json(405, Json.object("detail", Json.text(detail))).with("Allow", methods);
  }

  private static @Nullable Map<String, String> match(List<String> pattern, List<String> path) {
    if (pattern.size() != path.size()) {
      return null;
    }
    Map<String, String> caught = null;
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      if (expected.startsWith("{")) {
        caught = caught == null ? new HashMap<>() : caught;
        caught.put(expected.substring(1, expected.length() - 1), path.get(i));
      } else if (!expected.equals(path.get(i))) {
        return null;
      }
    }
    return caught == null ? Map.of() : caught;
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    int start = 1;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      segments.add(path.substring(start, end));
      start = end + 1;
    }
    return segments;
  }
}
