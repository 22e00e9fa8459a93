package io.levee.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request during which it happened.
 *
 * @param status the HTTP status of the answer, 100..599
 * @param query parameters of the query string
 * @param env what the server knew beyond HTTP (CGI's server variables)
 * @param body what was sent, as text or structure
 */
public record Request(
    @Nullable String method,
    @Nullable String url,
    @Nullable Integer status,
    List<Pair> headers,
    List<Pair> cookies,
    List<Pair> query,
    List<Pair> form,
    List<Pair> env,
    @Nullable Json body) {
  public static final Request EMPTY =
      new Request(null, null, null, List.of(), List.of(), List.of(), List.of(), List.of(), null);

  public Request {
    headers = List.copyOf(headers);
    cookies = List.copyOf(cookies);
    query = List.copyOf(query);
    form = List.copyOf(form);
    env = List.copyOf(env);
  }

  /** A request of which only the first line and the answer's status are known. */
  public static Request of(
      @Nullable String method, @Nullable String url, @Nullable Integer status) {
    return new Request(
        method, url, status, List.of(), List.of(), List.of(), List.of(), List.of(), null);
  }

  public boolean isEmpty() {
    return equals(EMPTY);
  }
}
