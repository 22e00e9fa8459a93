package io.levee.engine.grouping;

import io.levee.engine.issue.Contribution;
import io.levee.engine.issue.MessageText;
import io.levee.engine.issue.ParameterisedText;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads an event's exceptions and says what counts of them. Used by one thread. */
final class ExceptionReader {
  /** A frame that comes at least this often in an overflowed stack is what ran it over. */
  private static final int CIRCLE_MIN = 3;

  /** What counts of one exception. */
  private record Said(@Nullable String type, List<String> words, @Nullable String value) {
    /** Adds it, without the frames that were said before. */
    void addTo(List<Contribution> all, Set<String> before) {
      if (type != null) {
        all.add(new Contribution("type", type));
      }
      for (String word : words) {
        if (!before.contains(word)) {
          all.add(new Contribution("frame", word));
        }
      }
      if (value != null) {
        all.add(new Contribution("value", value));
      }
    }
  }

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
    Set<Said> chain = chain(appOnly);
    List<Contribution> all = new ArrayList<>();
    Set<String> before = new HashSet<>();
    for (Said said : chain) {
      said.addTo(all, before);
      if (chain.size() > 1) { // Causes share their callers.
        before.addAll(said.words());
      }
    }
    return all;
  }

  /** A retry loop chains the same exception again and again: it is said once. */
  private Set<Said> chain(boolean appOnly) {
    boolean framesCount = hasFrames(appOnly);
    boolean shortened = framesCount && onlyShortened(appOnly);
    Set<Said> chain = new LinkedHashSet<>();
    for (ExceptionReading exception : exceptions) {
      if (exception.passedOver() == null) {
        boolean valueCounts = !framesCount || shortened || exception.valueSaysMore();
        chain.add(
            new Said(
                exception.type(),
                words(exception, appOnly, shortened),
                valueCounts ? value(exception.exception()) : null));
      }
    }
    return chain;
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
  private static List<String> words(
      ExceptionReading exception, boolean appOnly, boolean shortened) {
    List<String> words = new ArrayList<>(exception.frames().size());
    for (FrameReading frame : exception.frames()) {
      String word = frame.shortened() && !shortened ? frame.words() : frame.plainWords();
      if (word != null && counts(frame, appOnly)) {
        words.add(word);
      }
    }
    if (ExceptionTypes.isOverflow(exception.type(), exception.exception().value())) {
      List<String> circle = circle(words);
      if (!circle.isEmpty()) {
        return circle;
      }
    }
    return List.copyOf(new LinkedHashSet<>(words));
  }

  /** The words that ran a stack over, in the order of the alphabet; none when they don't tell. */
  private static List<String> circle(List<String> words) {
    Map<String, Integer> times = new TreeMap<>();
    words.forEach(word -> times.merge(word, 1, Integer::sum));
    times.values().removeIf(count -> count < CIRCLE_MIN);
    return List.copyOf(times.keySet());
  }
}
