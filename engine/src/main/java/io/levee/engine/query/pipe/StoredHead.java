package io.levee.engine.query.pipe;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

  private static final byte[][] NAMES =
      FIELDS.stream()
          .map(name -> ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

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
    int place = FIELDS.indexOf(field);
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
    int end = begin;
    while (end + 1 < json.length && json[end] != (quoted ? '"' : ',')) {
      if (json[end] == '\\' || (!quoted && json[end] == '}')) {
        at = -1;
        return;
      }
      end++;
    }
    if (end + 1 >= json.length) {
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

  private boolean begins(byte[] name) {
    if (at + name.length >= json.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (json[at + i] != name[i]) {
        return false;
      }
    }
    return true;
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
    byte[] name = "\"weight\":".getBytes(StandardCharsets.US_ASCII);
    int begin = last - name.length + 1;
    boolean named = begin > 0;
    for (int i = 0; named && i < name.length; i++) {
      named = json[begin + i] == name[i];
    }
    return named ? weight : 0;
  }
}
