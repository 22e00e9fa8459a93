package io.levee.edge.net;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides who answers a call, when its head has been read and nothing of its body. It runs on the
 * thread that reads all connections: it must be cheap and never wait. So one who is turned away
 * costs no thread, no memory for a body and no text that is made anew. Thread-safe.
 */
@FunctionalInterface
public interface Turnstile {
  Way way(Head head);

  /** What becomes of a call. */
  sealed interface Way {}

  /** It is answered at once. */
  record Away(ReadyReply reply) implements Way {}

  /** It gets a virtual thread of its own, on which this endpoint is called exactly once. */
  record In(Endpoint endpoint) implements Way {}

  /**
   * What is known of a call before its body.
   *
   * @param method upper case
   * @param path decoded, without query
   * @param query as it was sent; null when there is none
   * @param headers looks a header's first value up, name in any case
   */
  record Head(
      String method,
      String path,
      @Nullable String query,
      Function<String, @Nullable String> headers) {
    /** A header's first value; null when it was not sent. */
    public @Nullable String header(String name) {
      return headers.apply(name);
    }
  }
}
