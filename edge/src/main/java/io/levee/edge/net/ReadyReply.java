package io.levee.edge.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose bytes have been made: it is given to many. Made once, so costs little each time.
 * Immutable.
 */
public final class ReadyReply {
  private final int status;
  private final HttpFields fields;
  private final ByteBuffer body;

  private ReadyReply(int status, HttpFields fields, ByteBuffer body) {
    this.status = status;
    this.fields = fields;
    this.body = body;
  }

  /**
   * @throws IllegalArgumentException when its body is written piece by piece
   */
  public static ReadyReply of(HttpReply reply) {
    if (!(reply.body() instanceof HttpReply.Bytes(byte[] bytes))) {
      throw new IllegalArgumentException("reply: a stream (expected: one whose bytes are at hand)");
    }
    List<HttpField> fields = new ArrayList<>();
    reply.headers().forEach((name, value) -> fields.add(new PreEncodedHttpField(name, value)));
    fields.add(new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, Integer.toString(bytes.length)));
    return new ReadyReply(
        reply.status(),
        HttpFields.from(fields.toArray(HttpField[]::new)),
        ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer());
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A header's value; null when it has none of that name. */
  public @Nullable String header(String name) {
    return fields.get(name);
  }

  void write(Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().add(fields);
    response.write(true, body.slice(), callback);
  }
}
