package io.levee.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the console needs to know of an HTTP request.
 *
 * @param method in capitals; HEAD is treated as GET, the server leaves the body out
 * @param path decoded, starting with a slash, without the query string
 * @param query decoded parameters of the query string
 * @param form decoded fields of an {@code application/x-www-form-urlencoded} body; empty otherwise
 * @param headers names in any case; all of them may be passed, those used are Host, Origin,
 *     Sec-Fetch-Site, Cookie, HX-Request, Accept-Encoding and If-None-Match
 */
public record PageRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> form,
    Map<String, String> headers) {
  public PageRequest {
    query = Map.copyOf(query);
    form = Map.copyOf(form);
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = lower;
  }

  /** A GET without anything else. */
  public static PageRequest get(String path) {
    return new PageRequest("GET", path, Map.of(), Map.of(), Map.of());
  }

  boolean isGet() {
    return method.equals("GET") || method.equals("HEAD");
  }

  boolean isPost() {
    return method.equals("POST");
  }

  /** Whether htmx asks, who wants a part of a page. */
  boolean isHtmx() {
    return "true".equals(headers.get("hx-request"));
  }

  @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The first value of a query parameter, trimmed; null when absent or blank. */
  @Nullable String param(String name) {
    return first(query, name);
  }

  /** The first value of a form field, trimmed; null when absent or blank. */
  @Nullable String field(String name) {
    return first(form, name);
  }

  /** All values of a form field. */
  List<String> fields(String name) {
    return form.getOrDefault(name, List.of());
  }

  private static @Nullable String first(Map<String, List<String>> values, String name) {
    List<String> all = values.getOrDefault(name, List.of());
    return all.isEmpty() || all.getFirst().isBlank() ? null : all.getFirst().strip();
  }

  /** A cookie's value; null when it wasn't sent. */
  @Nullable String cookie(String name) {
    String cookies = headers.getOrDefault("cookie", "");
    for (String pair : cookies.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        return pair.substring(equals + 1).strip();
      }
    }
    return null;
  }
}
