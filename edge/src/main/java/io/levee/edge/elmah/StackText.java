package io.levee.edge.elmah;

import io.levee.event.Frame;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames out of a stack trace's text, the most recent call first: JavaScript's {@code at f
 * (url:line:column)} and .NET's {@code at Type.Method(args) in file:line 12}. Lines that look like
 * neither are passed over; the text itself is kept elsewhere. Pure.
 */
final class StackText {
  /** Further lines are not read. */
  static final int FRAMES_MAX = 250;

  private static final int LINE_CHARS_MAX = 2_000;
  private static final String AT = "at ";
  private static final String DOTNET_LINE = ":line ";

  private StackText() {}

  static List<Frame> frames(String text) {
    List<Frame> frames = new ArrayList<>();
    int start = 0;
    while (start < text.length() && frames.size() < FRAMES_MAX) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed;
      if (end - start <= LINE_CHARS_MAX) {
        Frame frame = line(text.substring(start, end).strip());
        if (frame != null) {
          frames.add(frame);
        }
      }
      start = end + 1;
    }
    return frames;
  }

  private static @Nullable Frame line(String line) {
    if (!line.startsWith(AT)) {
      return null;
    }
    String call = line.substring(AT.length()).strip();
    if (call.startsWith("async ")) {
      call = call.substring("async ".length());
    }
    int file = call.lastIndexOf(" in ");
    if (file > 0 && call.indexOf(DOTNET_LINE, file) > 0) {
      return dotnet(call.substring(0, file), call.substring(file + 4));
    }
    return javascriptOrPlain(call);
  }

  private static @Nullable Frame javascriptOrPlain(String call) {
    int open = call.lastIndexOf('(');
    boolean closed = call.endsWith(")");
    if (open >= 0 && closed) {
      String inside = call.substring(open + 1, call.length() - 1);
      Place place = place(inside);
      return place == null
          ? dotnet(call, null)
          : javascript(call.substring(0, open).strip(), place);
    }
    Place place = place(call);
    return place == null ? null : javascript("", place);
  }

  private static Frame javascript(String function, Place place) {
    return frame(function.isEmpty() ? null : function, null, place);
  }

  /** {@code Company.Shop.Basket.Add(Int32 id)}, and where it stands if that is known. */
  private static @Nullable Frame dotnet(String call, @Nullable String where) {
    int open = call.indexOf('(');
    String method = (open < 0 ? call : call.substring(0, open)).strip();
    int dot = method.lastIndexOf('.');
    if (method.isEmpty() || method.indexOf(' ') >= 0) {
      return null;
    }
    Place place = null;
    if (where != null) {
      int line = where.lastIndexOf(DOTNET_LINE);
      Integer number = number(where.substring(line + DOTNET_LINE.length()));
      place = new Place(where.substring(0, line), number, null);
    }
    return frame(
        dot < 0 ? method : method.substring(dot + 1),
        dot <= 0 ? null : method.substring(0, dot),
        place);
  }

  /**
   * A place in a file.
   *
   * @param path a path or URL
   */
  private record Place(String path, @Nullable Integer line, @Nullable Integer column) {}

  /** {@code path:line:column}; null when it is not that. */
  private static @Nullable Place place(String text) {
    int second = text.lastIndexOf(':');
    int first = second <= 0 ? -1 : text.lastIndexOf(':', second - 1);
    if (first <= 0) {
      return null;
    }
    Integer line = number(text.substring(first + 1, second));
    Integer column = number(text.substring(second + 1));
    return line == null || column == null
        ? null
        : new Place(text.substring(0, first), line, column);
  }

  private static @Nullable Integer number(String digits) {
    String bare = digits.strip();
    boolean number =
        !bare.isEmpty() && bare.length() <= 9 && bare.chars().allMatch(StackText::digit);
    return number ? (Integer) Integer.parseInt(bare) : null;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static Frame frame(
      @Nullable String function, @Nullable String module, @Nullable Place place) {
    return new Frame(
        function,
        module,
        place == null ? null : shortName(place.path()),
        place == null ? null : place.path(),
        place == null ? null : place.line(),
        place == null ? null : place.column(),
        null,
        null,
        List.of(),
        List.of(),
        Json.Obj.EMPTY,
        Json.Obj.EMPTY);
  }

  private static String shortName(String path) {
    int query = path.indexOf('?');
    String bare = query < 0 ? path : path.substring(0, query);
    int slash = Math.max(bare.lastIndexOf('/'), bare.lastIndexOf('\\'));
    String name = bare.substring(slash + 1);
    return name.isEmpty() ? path : name;
  }
}
