package io.levee.event;

/**
 * Reads canonical events one after the other, as a subscriber does; stacks that repeat are read
 * once. Reads the same as {@link CanonicalJson#read}. Thread-safe.
 */
public final class EventReader {
  private static final long REPEATED_BYTES_MAX = 2 << 20;

  private final JsonText json =
      new JsonText(CanonicalJson.LIMITS, new RepeatedArrays("frames", REPEATED_BYTES_MAX));

  /**
   * Reads what {@link CanonicalJson#write} wrote.
   *
   * @throws IllegalArgumentException when the bytes are not a canonical event
   */
  public Event read(byte[] bytes) {
    return CanonicalJson.event(json.parse(bytes));
  }
}
