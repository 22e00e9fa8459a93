package io.levee.engine.grouping;

import io.levee.engine.issue.Contribution;
import io.levee.engine.issue.MessageText;
import io.levee.engine.issue.ParameterisedText;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an event's exceptions and says what counts of them. Used by one thread. */
final class ExceptionReader {
  /** A frame that comes at least this often in an overflowed stack is what ran it over. */
  private static final int CIRCLE_MIN = 3;

  private final Platform platform;
  private final List<ExceptionReading> exceptions;

  ExceptionReader(Event event, GroupingRules rules) {
    this.platform = Platform.of(event.platform());
    List<ExceptionReading> read = new ArrayList<>(event.exceptions().size());
    List<ExceptionInfo> chain = event.exceptions();
    for (int i = 0; i < chain.size(); i++) {
      read.add(read(chain.get(i), i + 1 < chain.size(), rules));
    }
    this.exceptions = read;
  }

  private ExceptionReading read(ExceptionInfo exception, boolean hasCause, GroupingRules rules) {
    String type = ExceptionTypes.counted(exception, platform);
    boolean wrapper = hasCause && ExceptionTypes.isWrapper(type, platform);
    return new ExceptionReading(
        exception,
        type,
        wrapper ? "wraps its cause and says nothing of its own" : null,
        ExceptionTypes.saysNothing(type, platform),
        FrameReader.read(exception.frames(), platform, rules));
  }

  List<ExceptionReading> exceptions() {
    return exceptions;
  }

  /** Whether any frame that counts is there; only the application's own are asked when told so. */
  boolean hasFrames(boolean appOnly) {
    for (ExceptionReading exception : exceptions) {
      for (FrameReading frame : exception.frames()) {
        if (exception.passedOver() == null && frame.words() != null && (frame.app() || !appOnly)) {
          return true;
        }
      }
    }
    return false;
  }

  /** What counts of the chain, with all frames or the application's own. */
  List<Contribution> contributions(boolean appOnly) {
    boolean framesCount = hasFrames(appOnly);
    boolean shortened = framesCount && onlyShortened(appOnly);
    List<Contribution> all = new ArrayList<>();
    Set<List<Contribution>> seen = new HashSet<>();
    Set<String> frames = new HashSet<>();
    for (ExceptionReading exception : exceptions) {
      if (exception.passedOver() != null) {
        continue;
      }
      List<Contribution> own = new ArrayList<>();
      if (exception.type() != null) {
        own.add(new Contribution("type", exception.type()));
      }
      List<String> words = words(exception, appOnly, shortened);
      // A retry loop chains the same exception again and again; its causes share its callers.
      List<Contribution> whole = new ArrayList<>(own);
      words.forEach(word -> whole.add(new Contribution("frame", word)));
      words.stream().filter(frames::add).forEach(word -> own.add(new Contribution("frame", word)));
      if (!framesCount || shortened || exception.valueSaysMore()) {
        String value = value(exception.exception());
        if (value != null) {
          own.add(new Contribution("value", value));
          whole.add(own.getLast());
        }
      }
      if (seen.add(whole)) {
        all.addAll(own);
      }
    }
    return all;
  }

  private @Nullable String value(ExceptionInfo exception) {
    String value = exception.value();
    if (value == null || value.isBlank()) {
      return null;
    }
    String head = MessageText.firstLines(value);
    return ParameterisedText.withTokens(platform.isScript() ? BrowserMessages.unified(head) : head);
  }

  private boolean onlyShortened(boolean appOnly) {
    if (platform != Platform.JAVASCRIPT) {
      return false;
    }
    boolean named = false;
    for (ExceptionReading exception : exceptions) {
      for (FrameReading frame : exception.frames()) {
        named |= counts(frame, appOnly) && !frame.shortened();
      }
    }
    return !named;
  }

  private static boolean counts(FrameReading frame, boolean appOnly) {
    return frame.words() != null && (frame.app() || !appOnly);
  }

  /** The words of the frames that count, a repeated one once, in the order of the stack. */
  private List<String> words(ExceptionReading exception, boolean appOnly, boolean shortened) {
    Map<String, Integer> times = new HashMap<>();
    Set<String> words = new LinkedHashSet<>();
    for (FrameReading frame : exception.frames()) {
      String word = frame.shortened() && !shortened ? frame.words() : frame.plainWords();
      if (word != null && counts(frame, appOnly)) {
        words.add(word);
        times.merge(word, 1, Integer::sum);
      }
    }
    boolean overflow = ExceptionTypes.isOverflow(exception.type(), exception.exception().value());
    if (overflow) {
      List<String> circle =
          words.stream()
              .filter(word -> times.getOrDefault(word, 0) >= CIRCLE_MIN)
              .sorted()
              .toList();
      return circle.isEmpty() ? List.copyOf(words) : circle;
    }
    return List.copyOf(words);
  }
}
