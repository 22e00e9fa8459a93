package io.levee.edge.sentry;

import io.levee.event.Json;
import io.levee.event.JsonText;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an envelope apart by its grammar: a line of JSON, then for each item a line of JSON and a
 * payload. With {@code length} the payload is so many bytes, followed by a line feed or the end;
 * without it the payload ends at the next line feed or the end. A carriage return is payload. The
 * last line feed may be missing. More than one at the end is tolerated. Pure and thread-safe.
 */
final class EnvelopeDecoder {
  private final EnvelopeLimits limits;
  private final JsonText json;

  EnvelopeDecoder(EnvelopeLimits limits) {
    this.limits = limits;
    this.json = new JsonText(limits.json());
  }

  /** Frames the whole of the bytes. Never throws for what they hold. */
  Envelope.Framed decode(byte[] bytes) {
    int end = lineEnd(bytes, 0);
    return switch (header(bytes, 0, end, "header")) {
      case Header(Json.Obj header) -> items(bytes, end + 1, header);
      case Bad(Envelope.Framed why) -> why;
    };
  }

  private Envelope.Framed items(byte[] bytes, int start, Json.Obj header) {
    List<Envelope.Item> items = new ArrayList<>();
    int at = start;
    while (!onlyLineFeeds(bytes, at)) {
      int number = items.size() + 1;
      if (number > limits.itemsMax()) {
        return new Envelope.TooLarge("envelope: more than " + limits.itemsMax() + " items");
      }
      switch (item(bytes, at, number)) {
        case Next(Envelope.Item item) -> {
          items.add(item);
          at = item.offset() + item.length() + 1;
        }
        case Bad(Envelope.Framed why) -> {
          return why;
        }
      }
    }
    return new Envelope.Parsed(new Envelope(header, items));
  }

  private ItemStep item(byte[] bytes, int start, int number) {
    String name = "item " + number;
    int headerEnd = lineEnd(bytes, start);
    return switch (header(bytes, start, headerEnd, name)) {
      case Header(Json.Obj header) ->
          header.get("type") instanceof Json.Text type
              ? payload(bytes, start, headerEnd, header, new Name(number, type.value()))
              : bad("item header without type (expected: a text)", name, start);
      case Bad bad -> bad;
    };
  }

  private static ItemStep payload(
      byte[] bytes, int headerStart, int headerEnd, Json.Obj header, Name name) {
    int start = Math.min(headerEnd + 1, bytes.length);
    Json length = header.get("length");
    if (length == null || length instanceof Json.Null) {
      int end = lineEnd(bytes, start);
      return new Next(new Envelope.Item(name.number(), name.type(), header, start, end - start));
    }
    String where = "item " + name.number();
    long stated = wholeNumber(length);
    if (stated < 0) {
      return bad("length is not a whole number, 0 or more", where, headerStart);
    }
    if (stated > bytes.length - start) {
      return bad(
          "length " + stated + ", but only " + (bytes.length - start) + " bytes follow",
          where,
          start);
    }
    int end = start + (int) stated;
    if (end < bytes.length && bytes[end] != '\n') {
      return bad("no line feed after a payload of " + stated + " bytes", where, end);
    }
    return new Next(new Envelope.Item(name.number(), name.type(), header, start, (int) stated));
  }

  private HeaderStep header(byte[] bytes, int start, int end, String name) {
    if (end - start > limits.headerBytesMax()) {
      return new Bad(
          new Envelope.TooLarge(
              name + ": header of more than " + limits.headerBytesMax() + " bytes"));
    }
    return switch (json.parse(bytes, start, end - start)) {
      case JsonText.Value(Json.Obj header) -> new Header(header);
      case JsonText.Value ignored -> bad("header is not a JSON object", name, start);
      case JsonText.Invalid(String message, long at) ->
          bad("header is not JSON: " + message, name, start + Math.max(at, 0));
      case JsonText.OverLimit(String message) ->
          new Bad(new Envelope.TooLarge(name + ": " + message));
    };
  }

  /** The number, or -1 when it is none that could be a length. */
  private static long wholeNumber(Json json) {
    if (!(json instanceof Json.Num number) || number.literal().length() > 18) {
      return -1;
    }
    for (int i = 0; i < number.literal().length(); i++) {
      if (!Character.isDigit(number.literal().charAt(i))) {
        return -1;
      }
    }
    return Long.parseLong(number.literal());
  }

  private static int lineEnd(byte[] bytes, int start) {
    int at = start;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static boolean onlyLineFeeds(byte[] bytes, int start) {
    int at = start;
    while (at < bytes.length && bytes[at] == '\n') {
      at++;
    }
    return at >= bytes.length;
  }

  private static Bad bad(String message, String name, long at) {
    return new Bad(new Envelope.Malformed("envelope: " + message, name + ", byte " + at));
  }

  private record Name(int number, String type) {}

  /** What came of reading a header. */
  private sealed interface HeaderStep {}

  /** What came of reading an item. */
  private sealed interface ItemStep {}

  private record Header(Json.Obj header) implements HeaderStep {}

  private record Next(Envelope.Item item) implements ItemStep {}

  private record Bad(Envelope.Framed why) implements HeaderStep, ItemStep {}
}
