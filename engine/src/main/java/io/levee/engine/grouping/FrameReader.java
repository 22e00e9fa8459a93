package io.levee.engine.grouping;

import io.levee.event.Frame;
import io.levee.event.SharedList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a stack. A stack that comes again is not read again: it carries a note. */
final class FrameReader {
  private static final int SOURCE_LINE_CHARS_MAX = 120;

  /** What a stack was read with. */
  private record Glasses(Platform platform, GroupingRules rules) {}

  private record Read(List<FrameReading> frames) {}

  private FrameReader() {}

  static List<FrameReading> read(List<Frame> frames, Platform platform, GroupingRules rules) {
    if (frames.isEmpty()) {
      return List.of();
    }
    Glasses glasses = new Glasses(platform, rules);
    if (SharedList.noted(frames, glasses) instanceof Read(List<FrameReading> known)) {
      return known;
    }
    InApp inApp = new InApp(platform, rules, frames);
    List<FrameReading> read = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      read.add(read(frame, platform, inApp.of(frame)));
    }
    List<FrameReading> all = List.copyOf(read);
    SharedList.note(frames, glasses, new Read(all));
    return all;
  }

  private static FrameReading read(Frame frame, Platform platform, InApp.Answer app) {
    FrameName name = FrameName.of(frame, platform);
    String passedOver = name.passedOver();
    String line = platform.sendsSource() && passedOver == null ? sourceLine(frame) : null;
    if (passedOver == null && name.place() == null && name.function() == null && line == null) {
      passedOver = "neither place nor function";
    }
    if (passedOver != null) {
      return new FrameReading(frame, app.app(), app.because(), null, passedOver, false, null);
    }
    // Where a browser's stack has source lines, a source map gave them; the function is then often
    // the caller's name, or a minified one.
    boolean lineInstead = platform == Platform.JAVASCRIPT && line != null;
    String words = words(name.place(), lineInstead ? null : name.function(), line);
    boolean shortened =
        platform == Platform.JAVASCRIPT && line == null && ScriptNames.isShortened(name.function());
    String plain = shortened ? words(name.place(), null, null) : words;
    return new FrameReading(frame, app.app(), app.because(), words, null, shortened, plain);
  }

  private static String words(
      @Nullable String place, @Nullable String function, @Nullable String line) {
    String where = place == null ? "?" : place;
    String what = function == null ? "?" : function;
    return line == null ? where + ' ' + what : where + ' ' + what + " | " + line;
  }

  private static @Nullable String sourceLine(Frame frame) {
    String line = frame.contextLine();
    if (line == null) {
      return null;
    }
    // What a browser shows is often a bundle: one line for everything, new with every build.
    String path = FrameName.path(frame);
    if (path != null && path.regionMatches(true, 0, "http", 0, 4) && path.contains("://")) {
      return null;
    }
    String shown = line.length() > SOURCE_LINE_CHARS_MAX ? line.strip() : line;
    return shown.length() > SOURCE_LINE_CHARS_MAX ? null : names(shown);
  }

  /**
   * The names and numbers of a line, a space between them: formatters change its spaces, quotes,
   * and brackets. Null when it has none.
   */
  private static @Nullable String names(String line) {
    char[] names = line.toCharArray();
    int length = 0;
    char before = ' ';
    for (char c : names) {
      char kept = Letters.isOfName(c) ? c : ' ';
      names[length] = kept;
      // A branch here would go both ways by turns, and be guessed wrong at every word.
      length += kept != ' ' || before != ' ' ? 1 : 0;
      before = kept;
    }
    length -= length > 0 && before == ' ' ? 1 : 0;
    return length == 0 ? null : new String(names, 0, length);
  }
}
