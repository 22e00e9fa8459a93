package io.levee.event;

import org.jspecify.annotations.Nullable;

/**
 * What travels on the bus: a header with what every subscriber needs, and the event's canonical
 * JSON, which only the indexer parses.
 *
 * @param body canonical JSON, UTF-8, without a line end; never changed after it was given away
 */
@SuppressWarnings(
    "ArrayRecordComponent") // The bytes go from socket to disk; a copy a hop would double the work.
public record EventRecord(EventHeader header, byte[] body) {
  /** The record of an event that has its fingerprint; who sent it isn't known. */
  public static EventRecord of(Event event) {
    return of(event, null);
  }

  /**
   * The record of an event that has its fingerprint.
   *
   * @param senderKey as in {@link EventHeader#senderKey}
   */
  public static EventRecord of(Event event, @Nullable String senderKey) {
    return new EventRecord(EventHeader.of(event, senderKey), CanonicalJson.write(event));
  }

  /** Parses the body. */
  public Event event() {
    return CanonicalJson.read(body);
  }

  /** Header and body in one array, as {@link EventHeader} draws it. */
  public byte[] encode() {
    byte[] head = header.encode();
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  /**
   * Takes apart what {@link #encode} made.
   *
   * @throws IllegalArgumentException when the bytes are not such a record or of an unknown version
   */
  public static EventRecord decode(byte[] bytes) {
    EventHeader.Decoded decoded = EventHeader.decode(bytes);
    byte[] body = new byte[bytes.length - decoded.bodyAt()];
    System.arraycopy(bytes, decoded.bodyAt(), body, 0, body.length);
    return new EventRecord(decoded.header(), body);
  }

  /** For logs: who it is, not what is in it. */
  @Override
  public String toString() {
    return "EventRecord[" + header.project() + "/" + header.id() + ", " + body.length + " bytes]";
  }
}
