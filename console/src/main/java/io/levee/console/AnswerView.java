package io.levee.console;

import io.levee.engine.ask.Marks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a question, as the page shows it: one of events, drawing and table.
 *
 * @param tabs the ways to show it
 * @param summary how much it is, and what it cost
 * @param partial why it is not whole; empty when it is
 * @param notes what else is to be said
 * @param failure why there is no answer; null when there is one
 */
record AnswerView(
    List<Tab> tabs,
    String summary,
    List<String> partial,
    List<String> notes,
    @Nullable EventList events,
    @Nullable Drawing drawing,
    @Nullable AnswerTableView table,
    String zoom,
    @Nullable String failure) {
  /** A way to show the answer. */
  record Tab(String words, String href, @Nullable String current) {}

  /**
   * Events in a list.
   *
   * @param next the address of the following; null when these are the last
   * @param nextWords what the link to it says
   */
  record EventList(List<Line> lines, @Nullable String next, String nextWords) {}

  /**
   * An event with what the question computed of it.
   *
   * @param here whether it is the one that the others surround
   */
  record Line(ResultRow row, List<Computed> computed, boolean here) {}

  /** A field that a stage set. */
  record Computed(String name, String value) {}

  static AnswerView failed(String why) {
    return new AnswerView(List.of(), "", List.of(), List.of(), null, null, null, "", why);
  }

  /** Whether nothing was found. */
  boolean isEmpty() {
    return failure == null
        && drawing == null
        && (events == null || events.lines().isEmpty())
        && (table == null || table.rows().isEmpty());
  }

  /** What is to be said of the numbers. */
  static List<String> notes(Marks marks) {
    List<String> notes = new ArrayList<>();
    if (!marks.approximate().isEmpty()) {
      notes.add("Estimated, about 1 % off: " + String.join(", ", marks.approximate()) + ".");
    }
    if (marks.sampled()) {
      notes.add("Some events stand for several equal ones; counts and sums include them.");
    }
    marks.notes().forEach(note -> notes.add(note + "."));
    return notes;
  }

  /** What it cost. */
  static String cost(Marks marks) {
    String way =
        marks.counted()
            ? "counted in the index"
            : "read " + Figures.count(marks.eventsRead(), "event");
    return way + ", " + Figures.exact(marks.tookMillis()) + " ms";
  }
}
