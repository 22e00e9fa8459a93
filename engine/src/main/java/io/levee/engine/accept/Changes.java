package io.levee.engine.accept;

import io.levee.event.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a step stands in the event, and what it changed there. The path is put into words only when
 * something is noted, so that walking a clean event allocates nothing. Not thread-safe: one for
 * every event.
 */
final class Changes {
  private static final int DEPTH_TYPICAL = 16;
  private static final int PATH_CHARS_MAX = 300;

  private final int marksMax;
  private final List<Mark> marks = new ArrayList<>(0);
  private @Nullable String[] names = new @Nullable String[DEPTH_TYPICAL];
  private int[] indexes = new int[DEPTH_TYPICAL];
  private int depth;
  private int count;

  /**
   * @param marksMax how many marks an event carries; those beyond are only counted
   */
  Changes(int marksMax) {
    this.marksMax = marksMax;
  }

  void enter(String name) {
    makeRoom();
    names[depth++] = name;
  }

  void enter(int index) {
    makeRoom();
    names[depth] = null;
    indexes[depth++] = index;
  }

  void leave() {
    depth--;
  }

  /** Notes a change of the field that was entered. */
  void note(Mark.Change change, @Nullable String detail) {
    count++;
    if (marks.size() < marksMax) {
      marks.add(new Mark(path(), change, detail));
    }
  }

  /** How many changes there were, with those that got no mark of their own. */
  int count() {
    return count;
  }

  /**
   * The marks that were there and ours, as many as the limit allows; of the rest one that counts
   * them.
   */
  List<Mark> after(List<Mark> before) {
    List<Mark> all = new ArrayList<>(before);
    int room = Math.max(0, marksMax - before.size());
    int kept = Math.min(room, marks.size());
    all.addAll(marks.subList(0, kept));
    if (count > kept) {
      Mark.Change change = marks.isEmpty() ? Mark.Change.DROPPED : marks.getLast().change();
      all.add(new Mark("marks", change, (count - kept) + " more changes"));
    }
    return all;
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < depth && path.length() < PATH_CHARS_MAX; i++) {
      String name = names[i];
      if (name == null) {
        path.append('[').append(indexes[i]).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(Cut.to(name, PATH_CHARS_MAX));
      }
    }
    return path.toString();
  }

  private void makeRoom() {
    if (depth == indexes.length) {
      names = Arrays.copyOf(names, depth * 2);
      indexes = Arrays.copyOf(indexes, depth * 2);
    }
  }
}
