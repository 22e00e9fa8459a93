package io.levee.engine.query.pipe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields that canonical JSON begins with, found without reading the rest: they come in one
 * order, before everything that may be large. Where anything looks otherwise than expected (an
 * escaped character, a field we don't know), it gives up and the event has to be read whole. Used
 * by one thread.
 */
final class StoredHead {
  private static final List<String> FIELDS =
      List.of(
          "id",
          "project",
          "kind",
          "time",
          "received",
          "level",
          "title",
          "message",
          "logger",
          "platform",
          "host",
          "environment",
          "release",
          "culprit",
          "duration_ms");

  private static final Map<String, Integer> PLACES =
      FIELDS.stream().collect(Collectors.toUnmodifiableMap(name -> name, FIELDS::indexOf));

  private static final byte[][] NAMES =
      FIELDS.stream()
          .map(name -> ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long ESCAPES = ONES * '\\';
  private static final byte[] WEIGHT = "\"weight\":".getBytes(StandardCharsets.US_ASCII);

  private final byte[] json;
  private final int[] begins = new int[NAMES.length];
  private final int[] ends = new int[NAMES.length];

  /** So many of the fields were looked for. */
  private int done;

  /** Where the next field begins; -1 when it can't be read any further. */
  private int at = 1;

  StoredHead(byte[] json) {
    this.json = json;
  }

  /**
   * A field as it is written; null when it isn't there or can't be read here.
   *
   * @param field one of those at the head
   */
  @Nullable String text(String field) {
    int place = place(field);
    return place >= done || ends[place] == 0
        ? null
        : new String(json, begins[place], ends[place] - begins[place], StandardCharsets.UTF_8);
  }

  /** Whether it is known that a field is there or that it isn't. */
  boolean isRead(String field) {
    return place(field) < done;
  }

  /** Whether a field is there. */
  boolean has(String field) {
    int place = place(field);
    return place < done && ends[place] > 0;
  }

  /** The field's place, after reading that far if that can be done. */
  private int place(String field) {
    int place = PLACES.getOrDefault(field, -1);
    while (done <= place && at > 0) {
      next();
    }
    return place;
  }

  /** Looks for the next of the fields: it is the next in the JSON, or there is none. */
  private void next() {
    byte[] name = NAMES[done];
    if (!begins(name)) {
      if (done == 0 || at >= json.length || json[at] != '"') {
        at = -1; // Every event begins with its id.
        return;
      }
      done++;
      return;
    }
    int begin = at + name.length;
    boolean quoted = json[begin] == '"';
    begin += quoted ? 1 : 0;
    int end = quoted ? endOfText(begin) : endOfNumber(begin);
    if (end + 1 >= json.length || json[end] == '\\' || json[end] == '}') {
      at = -1;
      return;
    }
    begins[done] = begin;
    ends[done] = end;
    at = end + (quoted ? 2 : 1);
    if (quoted && json[end + 1] != ',') {
      at = -1; // The last field of all: what is not read yet isn't there, but that is rare.
    }
    done++;
  }

  /** The next quote or escape, eight bytes at a look; the array's end when there is neither. */
  private int endOfText(int begin) {
    int end = begin;
    while (end + Long.BYTES <= json.length) {
      long eight = (long) EIGHT.get(json, end);
      long found = zeros(eight ^ QUOTES) | zeros(eight ^ ESCAPES);
      if (found != 0) {
        return end + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      end += Long.BYTES;
    }
    while (end < json.length && json[end] != '"' && json[end] != '\\') {
      end++;
    }
    return end;
  }

  /** Marks the lowest byte that is zero, and perhaps some above it (Mycroft 1987). */
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight & TOPS;
  }

  private int endOfNumber(int begin) {
    int end = begin;
    while (end < json.length && json[end] != ',' && json[end] != '}') {
      end++;
    }
    return end;
  }

  private boolean begins(byte[] name) {
    // A look at the first letter tells most apart.
    return at + name.length < json.length
        && json[at + 1] == name[1]
        && Arrays.equals(json, at, at + name.length, name, 0, name.length);
  }

  /**
   * The weight, which stands near the end; 0 when the whole event has to be read for it. Behind it
   * there can only be marks, which are a list.
   */
  long weight() {
    int last = json.length - 2;
    if (last < 0 || json[last] == ']') {
      return 0;
    }
    if (json[last] < '0' || json[last] > '9') {
      return 1;
    }
    long weight = 0;
    long digit = 1;
    while (json[last] >= '0' && json[last] <= '9' && digit < Long.MAX_VALUE / 100) {
      weight += digit * (json[last--] - '0');
      digit *= 10;
    }
    int begin = last - WEIGHT.length + 1;
    boolean named = begin > 0 && Arrays.equals(json, begin, last + 1, WEIGHT, 0, WEIGHT.length);
    return named ? weight : 0;
  }
}
