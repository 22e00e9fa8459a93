package io.levee.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address. Immutable; keeps their order.
 *
 * @param path without them
 */
record Params(String path, Map<String, String> values) {
  static Params of(String path) {
    return new Params(path, Map.of());
  }

  /** Those of a request that are among the known names and not blank. */
  static Params of(PageRequest request, String path, List<String> names) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : names) {
      String value = request.param(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return new Params(path, values);
  }

  /** The same with one set; without it when the value is null or blank. */
  Params with(String name, @Nullable String value) {
    Map<String, String> copy = new LinkedHashMap<>(values);
    copy.remove(name);
    if (value != null && !value.isBlank()) {
      copy.put(name, value);
    }
    return new Params(path, copy);
  }

  Params without(String... names) {
    Map<String, String> copy = new LinkedHashMap<>(values);
    for (String name : names) {
      copy.remove(name);
    }
    return new Params(path, copy);
  }

  /** The same on another page. */
  Params at(String otherPath) {
    return new Params(otherPath, values);
  }

  /** One of them; empty when absent. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** The address. */
  String href() {
    StringBuilder out = new StringBuilder(path);
    char separator = '?';
    for (Map.Entry<String, String> pair : values.entrySet()) {
      out.append(separator).append(encode(pair.getKey())).append('=');
      out.append(encode(pair.getValue()));
      separator = '&';
    }
    return out.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
