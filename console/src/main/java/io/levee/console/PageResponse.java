package io.levee.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server is to answer.
 *
 * @param status HTTP status
 * @param contentType with its charset; empty when there is no body
 * @param headers to set besides Content-Type and Content-Length; security headers included
 * @param body to be sent as it is: when a Content-Encoding is among the headers, it is encoded
 *     already
 * @param writer writes the body piece by piece, in the place of {@code body}; null for most
 */
@SuppressWarnings("ArrayRecordComponent") // Written once to a socket; nobody changes it.
public record PageResponse(
    int status,
    String contentType,
    Map<String, String> headers,
    byte[] body,
    @Nullable Writer writer) {
  /** Writes a body while it is read; an IOException says that nobody reads any more. */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  static final String HTML = "text/html; charset=utf-8";

  public PageResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  PageResponse(int status, String contentType, Map<String, String> headers, byte[] body) {
    this(status, contentType, headers, body, null);
  }

  /** Written piece by piece, for the reader who asked as it was. */
  static PageResponse stream(String contentType, Writer writer) {
    Reader reader = Reader.current();
    return new PageResponse(
        200,
        contentType,
        Map.of("Cache-Control", "private, no-store"),
        new byte[0],
        out -> writeFor(reader, writer, out));
  }

  private static void writeFor(Reader reader, Writer writer, OutputStream out)
      throws IOException, InterruptedException {
    try {
      ScopedValue.where(Reader.CURRENT, reader)
          .call(() -> {
            writer.write(out);
            return true;
          });
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a writer throws nothing else", e);
    }
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
    return new PageResponse(status, contentType, more, body, writer);
  }
}
