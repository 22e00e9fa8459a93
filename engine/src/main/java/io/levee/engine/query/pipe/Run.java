package io.levee.engine.query.pipe;

import io.levee.engine.query.TimeRange;
import io.levee.engine.query.aggregate.AggregateFunction.Window;
import io.levee.engine.query.eval.Setting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One answering of a question: what it may use, and what is to be said about the answer. Used by
 * one thread.
 */
public final class Run {
  /** An event takes the room of so many rows of a table. */
  private static final int EVENT_ROWS = 20;

  private final Setting setting;
  private final TimeRange range;
  private final Room room;
  private final Subsearch subsearch;
  private final Set<String> left;
  private final Set<String> estimated;

  /** Shared with questions within the question. */
  private final long[] held;

  private long passedOver;

  /** Answers a question within the question. */
  @FunctionalInterface
  public interface Subsearch {
    void rows(Pipeline pipeline, TimeRange range, Consumer<Row> rows);
  }

  /**
   * @param range that is asked about
   * @param room for what stages hold
   */
  public Run(Setting setting, TimeRange range, Room room, Subsearch subsearch) {
    this.setting = setting;
    this.range = range;
    this.room = room;
    this.subsearch = subsearch;
    this.left = new LinkedHashSet<>();
    this.estimated = new LinkedHashSet<>();
    this.held = new long[1];
  }

  private Run(Run outer, TimeRange range) {
    this.setting = outer.setting;
    this.range = range;
    this.room = outer.room;
    this.subsearch = outer.subsearch;
    this.left = outer.left;
    this.estimated = outer.estimated;
    this.held = outer.held;
  }

  private Run(Run outer) {
    this.setting = outer.setting;
    this.range = outer.range;
    this.room = outer.room;
    this.subsearch = outer.subsearch;
    this.left = new LinkedHashSet<>();
    this.estimated = new LinkedHashSet<>();
    this.held = new long[1];
  }

  /** The same for another thread, until {@link #join}. It can ask nothing within the question. */
  public Run lane() {
    return new Run(this);
  }

  /** Takes over what another thread's run holds and noted; that one isn't used any more. */
  public void join(Run lane) {
    left.addAll(lane.left);
    estimated.addAll(lane.estimated);
    held[0] += lane.held[0];
    lane.held[0] = 0;
  }

  public Setting setting() {
    return setting;
  }

  public TimeRange range() {
    return range;
  }

  Subsearch subsearch() {
    return subsearch;
  }

  Window window() {
    return new Window(range.from().toEpochMilli() / 1e3, range.to().toEpochMilli() / 1e3);
  }

  double seconds() {
    return Math.max(1e-3, range.length().toMillis() / 1e3);
  }

  /** The same, for a question within the question. */
  public Run within(TimeRange other) {
    return new Run(this, other);
  }

  /** Asks to hold one more row; false, and noted, when there is no room. */
  boolean hold(String who) {
    return hold(who, 1);
  }

  /** Asks to hold a row; one that is an event takes the room of many. */
  boolean hold(String who, Row row) {
    return hold(who, row.isEvent() ? EVENT_ROWS : 1);
  }

  private boolean hold(String who, long rows) {
    if (!room.take(rows)) {
      leftOut(
          who
              + ": no room for more than "
              + room.most()
              + " rows and groups; the rest is left out");
      return false;
    }
    held[0] += rows;
    return true;
  }

  /** Gives back what was held. */
  void free(long rows) {
    long given = Math.min(rows, held[0]);
    held[0] -= given;
    room.give(given);
  }

  /** Gives back all; to be called in the end, once. */
  public void close() {
    free(held[0]);
  }

  /**
   * Notes events whose groups are not given as rows, since they can't be among those that the
   * question shows; they still belong to the whole that shares are of.
   */
  public void passOver(long events) {
    passedOver += events;
  }

  long passedOver() {
    return passedOver;
  }

  /** Notes that the answer is not whole, and why. */
  public void leftOut(String what) {
    left.add(what);
  }

  /** Notes that a column is an estimate. */
  public void estimated(String column) {
    estimated.add(column);
  }

  /** Why the answer is not whole; empty when it is. */
  public List<String> partial() {
    return List.copyOf(left);
  }

  /** Which columns are estimates. */
  public List<String> approximate() {
    return List.copyOf(estimated);
  }
}
