package io.levee.engine.issue;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which events are the same problem: version 1 of the algorithm. The first of these that an
 * event has is what counts:
 *
 * <ol>
 *   <li>the client's fingerprint, its variables resolved; {@code {{ default }}} mixes in what would
 *       have counted without it
 *   <li>the exception chain: types and in-app frames; all frames when none is in-app; types and
 *       parameterised values when there is no frame
 *   <li>a transaction's name
 *   <li>the message: the client's template or else the parameterised text
 * </ol>
 *
 * <p>Line numbers, level, release and environment never count: they change while the problem stays.
 * Whatever changes the outcome for any event needs a new version. Pure and thread-safe.
 */
public final class Grouping {
  /** Of the algorithm. */
  public static final int VERSION = 1;

  private static final Set<String> DEFAULT_VARIABLES = Set.of("{{ default }}", "{{default}}");

  /**
   * What came of grouping.
   *
   * @param contributions what counted, in the order in which it was hashed
   */
  public record Grouped(Fingerprint fingerprint, List<Contribution> contributions) {
    public Grouped {
      contributions = List.copyOf(contributions);
    }
  }

  /** The event's fingerprint and what it is made of. Never throws for what an event holds. */
  public Grouped group(Event event) {
    List<String> own = event.clientFingerprint();
    if (own.isEmpty() || (own.size() == 1 && DEFAULT_VARIABLES.contains(own.getFirst()))) {
      return byContent(event);
    }
    GroupingInput input = new GroupingInput();
    for (String part : own) {
      if (DEFAULT_VARIABLES.contains(part)) {
        input.addAll(byContent(event).contributions());
      } else {
        input.add("fingerprint", GroupingVariables.resolve(part, event));
      }
    }
    return input.grouped();
  }

  private static Grouped byContent(Event event) {
    GroupingInput input = new GroupingInput();
    addExceptions(input, event);
    if (input.isEmpty() && event.kind() == Kind.TRANSACTION) {
      String name = event.culprit() != null ? event.culprit() : event.title();
      input.add("transaction", ParameterisedText.of(name));
    }
    if (input.isEmpty()) {
      input.add("message", ParameterisedText.of(MessageText.firstLines(MessageText.of(event))));
    }
    return input.grouped();
  }

  private static void addExceptions(GroupingInput input, Event event) {
    List<Contribution> previous = List.of();
    boolean framesAnywhere = event.exceptions().stream().anyMatch(e -> !e.frames().isEmpty());
    for (ExceptionInfo exception : event.exceptions()) {
      List<Contribution> next = exception(exception, event.platform(), framesAnywhere);
      // A retry loop chains the same exception again and again.
      if (!next.equals(previous)) {
        input.addAll(next);
      }
      previous = next;
    }
  }

  private static List<Contribution> exception(
      ExceptionInfo exception, @Nullable String platform, boolean framesAnywhere) {
    List<Contribution> found = new ArrayList<>();
    String type = exception.type();
    if (type != null && !type.isBlank()) {
      found.add(new Contribution("type", GroupingFrames.cleanModule(type)));
    }
    List<Contribution> frames = GroupingFrames.of(exception.frames(), platform);
    found.addAll(frames);
    boolean valueCounts = frames.isEmpty() && (found.isEmpty() || !framesAnywhere);
    if (valueCounts && exception.value() != null && !exception.value().isBlank()) {
      found.add(
          new Contribution(
              "value", ParameterisedText.of(MessageText.firstLines(exception.value()))));
    }
    return found;
  }
}
