package io.levee.event;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every subscriber needs to know of an event without parsing it.
 *
 * <pre>
 * byte   version (3)            byte   kind              byte   level
 * byte   fingerprint version    long×2 fingerprint       long×2 event id
 * long   project                long   time, µs          long   received, µs
 * int    weight                 double duration, ms (NaN: none)
 * text×8 title, culprit, logger, platform, environment, release, user key, exception type
 * text   sender key
 * byte   flags (1: sampled out, 2: promoted, 4: a place follows, 8: variants follow)
 * long   run, long number       only with flag 4
 * byte   count, then each byte fingerprint version, long×2 fingerprint      only with flag 8
 *
 * text = unsigned short length of UTF-8 bytes (0xFFFF: absent), bytes
 * </pre>
 *
 * Big-endian. The record around it carries the checksum. Texts are cut at {@link #TEXT_BYTES_MAX}:
 * they are for lists; the body has the whole. Version 1 ended before the sender key, version 2 had
 * no variants; both are still read.
 *
 * @param time to the microsecond
 * @param received to the microsecond
 * @param userKey what tells users apart, see {@link User#key}
 * @param exceptionType type of the exception that surfaced
 * @param senderKey the first digits of the key that it was sent with; null when it isn't known
 * @param sampledOut this record is only a count of an event that was not kept: its body may be
 *     empty
 * @param variants as {@link Event#variants}
 * @param place null unless burst sampling dropped it, or made it stand for dropped ones
 */
public record EventHeader(
    EventId id,
    ProjectId project,
    Kind kind,
    Level level,
    Instant time,
    Instant received,
    Fingerprint fingerprint,
    List<Fingerprint> variants,
    int weight,
    @Nullable Double durationMillis,
    String title,
    @Nullable String culprit,
    @Nullable String logger,
    @Nullable String platform,
    @Nullable String environment,
    @Nullable String release,
    @Nullable String userKey,
    @Nullable String exceptionType,
    @Nullable String senderKey,
    boolean sampledOut,
    @Nullable SamplePlace place) {
  /** The longest text that a header carries, in UTF-8 bytes. */
  public static final int TEXT_BYTES_MAX = 512;

  private static final byte VERSION = 3;
  private static final byte VERSION_WITHOUT_SENDER = 1;
  private static final int SAMPLED_OUT = 1;
  private static final int PROMOTED = 2;
  private static final int PLACE = 4;
  private static final int VARIANTS = 8;
  private static final int FIXED_BYTES =
      4 + 4 * Long.BYTES + 3 * Long.BYTES + Integer.BYTES + Double.BYTES + 1;
  private static final int PLACE_BYTES = 2 * Long.BYTES;
  private static final int VARIANT_BYTES = 1 + 2 * Long.BYTES;
  private static final int TEXTS_BEHIND_TITLE = 7;
  private static final int ABSENT = 0xFFFF;
  private static final int MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  public EventHeader {
    variants = List.copyOf(variants);
    if (variants.size() > Event.VARIANTS_MAX) {
      throw new IllegalArgumentException(
          "variants: " + variants.size() + " (expected: 0.." + Event.VARIANTS_MAX + ")");
    }
  }

  /** The header of an event that has its fingerprint; who sent it isn't known. */
  public static EventHeader of(Event event) {
    return of(event, null);
  }

  /**
   * The header of an event that has its fingerprint.
   *
   * @param senderKey the first digits of the key that it was sent with
   */
  public static EventHeader of(Event event, @Nullable String senderKey) {
    Fingerprint fingerprint = event.fingerprint();
    if (fingerprint == null) {
      throw new IllegalArgumentException(
          "event " + event.id() + ": no fingerprint (expected: computed by the intake)");
    }
    return new EventHeader(
        event.id(),
        event.project(),
        event.kind(),
        event.level(),
        event.time(),
        event.received(),
        fingerprint,
        event.variants(),
        event.weight(),
        event.durationMillis(),
        event.title(),
        event.culprit(),
        event.logger(),
        event.platform(),
        event.environment(),
        event.release(),
        event.user().key(),
        event.exceptions().isEmpty() ? null : event.exceptions().getFirst().type(),
        senderKey,
        false,
        null);
  }

  /** The same of an event that is only counted. */
  public EventHeader sampledOut(SamplePlace dropped) {
    return sampled(weight, true, dropped);
  }

  /** The same of an event that stands for so many, those dropped before it included. */
  public EventHeader standingFor(int events, SamplePlace covered) {
    return sampled(events, false, covered);
  }

  private EventHeader sampled(int events, boolean onlyCounted, SamplePlace at) {
    return new EventHeader(
        id,
        project,
        kind,
        level,
        time,
        received,
        fingerprint,
        variants,
        events,
        durationMillis,
        title,
        culprit,
        logger,
        platform,
        environment,
        release,
        userKey,
        exceptionType,
        senderKey,
        onlyCounted,
        at);
  }

  /** Whether it was counted as sampled out before it was stored after all. */
  public boolean promoted() {
    return place != null && place.promoted();
  }

  byte[] encode() {
    @Nullable String[] texts = {
      title, culprit, logger, platform, environment, release, userKey, exceptionType, senderKey
    };
    byte[][] encoded = new byte[texts.length][];
    int size = FIXED_BYTES + (place == null ? 0 : PLACE_BYTES);
    size += variants.isEmpty() ? 0 : 1 + variants.size() * VARIANT_BYTES;
    for (int i = 0; i < texts.length; i++) {
      encoded[i] = bytes(texts[i]);
      size += encoded[i].length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(VERSION)
        .put((byte) kind.code())
        .put((byte) level.code())
        .put((byte) fingerprint.version());
    out.putLong(fingerprint.high()).putLong(fingerprint.low()).putLong(id.high()).putLong(id.low());
    out.putLong(project.value()).putLong(micros(time)).putLong(micros(received));
    out.putInt(weight).putDouble(durationMillis == null ? Double.NaN : durationMillis);
    for (byte[] text : encoded) {
      out.put(text);
    }
    out.put((byte) flags());
    if (place != null) {
      out.putLong(place.run()).putLong(place.number());
    }
    if (!variants.isEmpty()) {
      out.put((byte) variants.size());
      variants.forEach(v -> out.put((byte) v.version()).putLong(v.high()).putLong(v.low()));
    }
    return out.array();
  }

  private int flags() {
    return (sampledOut ? SAMPLED_OUT : 0)
        | (promoted() ? PROMOTED : 0)
        | (place == null ? 0 : PLACE)
        | (variants.isEmpty() ? 0 : VARIANTS);
  }

  /** A header and where the body begins behind it. */
  record Decoded(EventHeader header, int bodyAt) {}

  static Decoded decode(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte version = in.get();
      if (version < VERSION_WITHOUT_SENDER || version > VERSION) {
        throw new IllegalArgumentException(
            "event header version: " + version + " (expected: 1 to " + VERSION + ")");
      }
      return decode(in, version > VERSION_WITHOUT_SENDER);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "event header: cut short at " + bytes.length + " bytes", e);
    }
  }

  /**
   * @param withSender whether sender key and flags follow the texts
   */
  private static Decoded decode(ByteBuffer in, boolean withSender) {
    Kind kind = Kind.ofCode(in.get());
    Level level = Level.ofCode(in.get());
    int fingerprintVersion = in.get() & 0xFF;
    Fingerprint fingerprint = new Fingerprint(fingerprintVersion, in.getLong(), in.getLong());
    EventId id = new EventId(in.getLong(), in.getLong());
    ProjectId project = new ProjectId(in.getLong());
    Instant time = instant(in.getLong());
    Instant received = instant(in.getLong());
    int weight = in.getInt();
    double duration = in.getDouble();
    String title = text(in);
    @Nullable String[] texts = new @Nullable String[TEXTS_BEHIND_TITLE];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(in);
    }
    String senderKey = withSender ? text(in) : null;
    int flags = withSender ? in.get() : 0;
    SamplePlace place = place(in, flags);
    EventHeader header =
        new EventHeader(
            id,
            project,
            kind,
            level,
            time,
            received,
            fingerprint,
            variants(in, flags),
            weight,
            Double.isNaN(duration) ? null : (Double) duration,
            title == null ? EventBuilder.UNTITLED : title,
            texts[0],
            texts[1],
            texts[2],
            texts[3],
            texts[4],
            texts[5],
            texts[6],
            senderKey,
            (flags & SAMPLED_OUT) != 0,
            place);
    return new Decoded(header, in.position());
  }

  private static @Nullable SamplePlace place(ByteBuffer in, int flags) {
    return (flags & PLACE) == 0
        ? null
        : new SamplePlace(in.getLong(), in.getLong(), (flags & PROMOTED) != 0);
  }

  private static List<Fingerprint> variants(ByteBuffer in, int flags) {
    if ((flags & VARIANTS) == 0) {
      return List.of();
    }
    int count = in.get() & 0xFF;
    List<Fingerprint> variants = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      variants.add(new Fingerprint(in.get() & 0xFF, in.getLong(), in.getLong()));
    }
    return variants;
  }

  /** The length and the bytes of one text. */
  private static byte[] bytes(@Nullable String text) {
    if (text == null) {
      return new byte[] {(byte) (ABSENT >> 8), (byte) ABSENT};
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(utf8.length, TEXT_BYTES_MAX);
    while (end < utf8.length && end > 0 && (utf8[end] & 0xC0) == 0x80) {
      end--; // Not in the middle of a character.
    }
    return ByteBuffer.allocate(Short.BYTES + end).putShort((short) end).put(utf8, 0, end).array();
  }

  private static @Nullable String text(ByteBuffer in) {
    int length = in.getShort() & 0xFFFF;
    if (length == ABSENT) {
      return null;
    }
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    String text =
        new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND),
        time.getNano() / NANOS_PER_MICRO);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        (long) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
  }
}
