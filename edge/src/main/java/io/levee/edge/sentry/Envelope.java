package io.levee.edge.sentry;

import io.levee.event.Json;
import java.util.List;

/** An envelope's parts, framed but not looked into. */
public record Envelope(Json.Obj header, List<Item> items) {
  public Envelope {
    items = List.copyOf(items);
  }

  /**
   * One item.
   *
   * @param number from 1
   * @param type as its header says
   * @param offset where its payload starts, in bytes from the start of the envelope
   * @param length bytes of payload
   */
  public record Item(int number, String type, Json.Obj header, int offset, int length) {}

  /** What came of framing. */
  sealed interface Framed {}

  record Parsed(Envelope envelope) implements Framed {}

  /**
   * @param where {@code item 2, byte 117}
   */
  record Malformed(String message, String where) implements Framed {}

  record TooLarge(String message) implements Framed {}
}
