package io.levee.edge.decode;

import io.levee.event.Mark;
import java.util.ArrayList;
import java.util.List;

/** Collects what a decoder had to change. Used by one thread, for one event. */
public final class Marks {
  /** Of an event that is wrong all over the first marks are enough. */
  public static final int MARKS_MAX = 50;

  private final List<Mark> marks = new ArrayList<>();

  /** Adds a mark, unless there are too many. */
  public void add(Mark mark) {
    if (marks.size() < MARKS_MAX) {
      marks.add(mark);
    }
  }

  /** Adds a mark, unless there are too many. */
  public void add(String field, Mark.Change change, String detail) {
    add(new Mark(field, change, detail));
  }

  /** Says that a field was dropped because it was not what it should be. */
  public void dropped(String field, String was, String expected) {
    add(field, Mark.Change.DROPPED, "was " + was + " (expected: " + expected + ")");
  }

  /** What was collected, in order. */
  public List<Mark> list() {
    return List.copyOf(marks);
  }
}
