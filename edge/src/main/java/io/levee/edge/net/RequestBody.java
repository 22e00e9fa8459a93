package io.levee.edge.net;

import java.time.Duration;

/** What came of reading a request's body. */
public sealed interface RequestBody {
  /**
   * All of it, decompressed. The memory it takes stays reserved until {@link #close}.
   *
   * @param sentBytes how many came over the wire
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // Read once by the decoder; copying it would double the memory.
  record Whole(byte[] bytes, long sentBytes, Runnable release)
      implements RequestBody, AutoCloseable {
    @Override
    public void close() {
      release.run();
    }
  }

  /**
   * It can't be read.
   *
   * @param status the HTTP status that says so
   * @param message what is wrong and what was expected
   * @param reason the same in a few fixed words, for the ledger
   */
  record Unreadable(int status, String message, String reason) implements RequestBody {
    private static final Duration NO_MEMORY_WAIT = Duration.ofSeconds(5);

    /** The same answer, with the wait that goes with 503. */
    public HttpReply on(HttpReply reply) {
      return status == 503 ? reply.retryAfter(NO_MEMORY_WAIT) : reply;
    }
  }
}
