package io.levee.edge.net;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request. Used by one thread.
 *
 * @param method upper case
 * @param path decoded, without query
 * @param query parameters in order of appearance, decoded
 * @param headers looks a header's first value up, name in any case
 * @param remoteAddress the peer's IP address
 * @param body as sent, not decompressed; read it with {@link BodyReader}
 * @param pathParameters what the route's pattern caught
 */
public record HttpCall(
    String method,
    String path,
    Map<String, List<String>> query,
    Function<String, @Nullable String> headers,
    String remoteAddress,
    InputStream body,
    Map<String, String> pathParameters) {
  /** A header's first value; null when it was not sent. */
  public @Nullable String header(String name) {
    return headers.apply(name);
  }

  /** A query parameter's first value; null when it was not sent. */
  public @Nullable String query(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /**
   * What the route's pattern caught.
   *
   * @throws IllegalArgumentException when the pattern has no such name
   */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "path parameter: " + name + " (expected: one of " + pathParameters.keySet() + ")");
    }
    return value;
  }

  HttpCall withPathParameters(Map<String, String> parameters) {
    return new HttpCall(method, path, query, headers, remoteAddress, body, parameters);
  }
}
