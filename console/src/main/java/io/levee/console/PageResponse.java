package io.levee.console;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the server is to answer.
 *
 * @param status HTTP status
 * @param contentType with its charset; empty when there is no body
 * @param headers to set besides Content-Type and Content-Length; security headers included
 * @param body to be sent as it is: when a Content-Encoding is among the headers, it is encoded
 *     already
 */
@SuppressWarnings("ArrayRecordComponent") // Written once to a socket; nobody changes it.
public record PageResponse(
    int status, String contentType, Map<String, String> headers, byte[] body) {
  static final String HTML = "text/html; charset=utf-8";

  public PageResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  static PageResponse html(int status, byte[] body) {
    return new PageResponse(status, HTML, Map.of(), body);
  }

  static PageResponse text(int status, String text) {
    return new PageResponse(
        status, "text/plain; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** After a POST, or from one address to the one that counts. */
  static PageResponse seeOther(String location) {
    return new PageResponse(303, "", Map.of("Location", location), new byte[0]);
  }

  /** Nothing to say; htmx leaves the page as it is. */
  static PageResponse noContent() {
    return new PageResponse(204, "", Map.of(), new byte[0]);
  }

  PageResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new PageResponse(status, contentType, more, body);
  }
}
