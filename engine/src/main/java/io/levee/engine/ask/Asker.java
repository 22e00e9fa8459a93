package io.levee.engine.ask;

import io.levee.engine.index.EventConsumer;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.EventReading;
import io.levee.engine.index.Tally;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.pipe.Pipeline;
import io.levee.engine.query.pipe.Room;
import io.levee.engine.query.pipe.Row;
import io.levee.engine.query.pipe.Run;
import io.levee.engine.query.pipe.Step;
import io.levee.engine.run.BackendException;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions. Thread-safe; a few at a time, in the thread of the one who asks. Over a limit
 * the answer is partial and says so; it is never silently empty.
 */
public final class Asker {
  private final EventIndex index;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final AskLimits limits;
  private final ThreadFactory helpers;
  private final Room room;
  private final Semaphore running;
  private final @Nullable Asker exporting;

  /**
   * @param nanoTime a clock that only moves forward, in ns
   */
  public Asker(EventIndex index, Clock clock, LongSupplier nanoTime, AskLimits limits) {
    this(index, clock, nanoTime, limits, Thread.ofPlatform().daemon().factory());
  }

  /**
   * As above.
   *
   * @param helpers makes the threads that read beside those who ask, see {@link SecondReader}
   */
  public Asker(
      EventIndex index,
      Clock clock,
      LongSupplier nanoTime,
      AskLimits limits,
      ThreadFactory helpers) {
    this.index = index;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.limits = limits;
    this.helpers = helpers;
    this.room = new Room(limits.rowsHeldMax());
    this.running = new Semaphore(limits.runningMax(), true);
    this.exporting = new Asker(this, limits.withWall(AskLimits.EXPORT_WALL_MAX));
  }

  private Asker(Asker usual, AskLimits limits) {
    this.index = usual.index;
    this.clock = usual.clock;
    this.nanoTime = usual.nanoTime;
    this.limits = limits;
    this.helpers = usual.helpers;
    this.room = usual.room;
    this.running = new Semaphore(limits.runningMax(), true);
    this.exporting = null;
  }

  /**
   * Writes a whole answer, however long that takes within {@link AskLimits#EXPORT_WALL_MAX}. Shares
   * the room for rows with other questions, but takes none of their turns.
   *
   * @throws IOException when nobody reads any more
   */
  public void export(Question question, RowWriter rows) throws IOException {
    Asker asker = exporting == null ? this : exporting;
    rows.begin();
    try {
      Told told = asker.tell(question, rows::row, Pulse.STEADY);
      for (String why : told.marks().partial()) {
        rows.partial(why);
      }
    } catch (BackendException | IllegalArgumentException e) {
      rows.partial(String.valueOf(e.getMessage()));
    }
    rows.end();
    rows.check();
  }

  /** How a question would be answered. */
  public Plan plan(Question question) {
    return new Asking(question, Pulse.STEADY).plan(question);
  }

  /**
   * Answers, at most so many rows of it; that there are more is marked.
   *
   * @throws IllegalArgumentException when the question asks for too much
   * @throws BackendException when the index fails, or too many ask at the same time
   */
  public Answer ask(Question question, int rowsMax, Pulse pulse) {
    AnswerTable table = new AnswerTable(rowsMax);
    Told told = tell(question, table::row, pulse);
    boolean cut = table.cut();
    return table.answer(told.plan(), cut ? told.cutAt(rowsMax) : told.marks());
  }

  /** What is told beside the rows. */
  public record Told(Plan plan, Marks marks) {
    Marks cutAt(int rows) {
      var partial = new java.util.ArrayList<>(marks.partial());
      partial.add("rows: the first " + rows + "; the rest is left out");
      return new Marks(
          partial,
          marks.approximate(),
          marks.notes(),
          marks.sampled(),
          marks.eventsRead(),
          marks.counted(),
          marks.tookMillis());
    }
  }

  /**
   * Answers row by row, as long as rows are taken.
   *
   * @param rows takes a row, and says whether it wants more
   * @throws IllegalArgumentException when the question asks for too much
   * @throws BackendException when the index fails, or too many ask at the same time
   */
  public Told tell(Question question, Predicate<Row> rows, Pulse pulse) {
    await();
    Asking asking = new Asking(question, pulse);
    try {
      return asking.answer(question, rows);
    } finally {
      running.release();
      asking.run.close();
    }
  }

  private void await() {
    try {
      if (!running.tryAcquire(limits.waitMax().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BackendException.OverCapacity(
            "index", "query", "other questions take longer than " + limits.waitMax());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException.OverCapacity("index", "query", "interrupted");
    }
  }

  /** One answering. Used by one thread. */
  private final class Asking {
    private static final int ROWS_A_LOOK = 64;

    private final Run run;
    private final Pulse pulse;
    private final long begunNanos = nanoTime.getAsLong();
    private long eventsRead;
    private long rowsGiven;
    private final Set<String> notes = new LinkedHashSet<>();
    private long readBegunNanos;
    private long readBefore;
    private boolean judged;
    private LongSupplier outlook = () -> 0;
    private boolean sampled;
    private boolean counted;
    private @Nullable SecondReader second;

    /** Read by the second thread too. */
    private volatile boolean stopped;

    Asking(Question question, Pulse pulse) {
      this.pulse = pulse;
      Setting setting = new Setting(clock.instant(), question.zone());
      TimeRange range = question.pipeline().range(question.range(), setting);
      this.run =
          new Run(
              setting,
              range,
              room,
              (pipeline, within, taker) -> within(question, pipeline, within, taker));
    }

    Plan plan(Question question) {
      return new Planner(question, run, index.days(), limits.groupsMax()).plan();
    }

    Told answer(Question question, Predicate<Row> rows) {
      Plan plan = plan(question);
      feed(question, plan, rows, run);
      long tookMillis = (nanoTime.getAsLong() - begunNanos) / 1_000_000;
      Marks marks =
          new Marks(
              run.partial(),
              run.approximate(),
              List.copyOf(notes),
              sampled,
              eventsRead,
              counted,
              tookMillis);
      return new Told(plan, marks);
    }

    /** A question within the question: it shares the time and the room. */
    private void within(
        Question question, Pipeline pipeline, TimeRange range, Consumer<Row> taker) {
      TimeRange meant = pipeline.range(range, run.setting());
      Question inner = new Question(question.scope(), pipeline, meant, question.zone());
      Run part = run.within(meant);
      Plan plan = new Planner(inner, part, index.days(), limits.groupsMax()).plan();
      feed(
          inner,
          plan,
          row -> {
            taker.accept(row);
            return true;
          },
          part);
    }

    private void feed(Question question, Plan plan, Predicate<Row> rows, Run its) {
      Step first = chain(plan, rows, its);
      if (plan.tally() != null) {
        Optional<Tally> tally;
        try {
          tally = index.tally(plan.tally());
        } catch (BackendException.OverCapacity e) {
          run.leftOut("index: " + e.getMessage()); // Reading would take longer.
          first.end();
          return;
        }
        if (tally.isPresent()) {
          counted = true;
          long given = 0;
          TallyRows groups = TallyRows.of(plan.tally(), run.setting());
          for (Tally.Group group : tally.get().groups()) {
            given += group.events();
            if (!look() || !first.row(groups.row(group))) {
              break;
            }
          }
          its.passOver(tally.get().events() - given);
          sampled |= tally.get().events() > tally.get().stored();
          if (tally.get().unread() > 0 && !stopped) {
            readUncounted(question, plan, tally.get().unread(), first);
          }
          first.end();
          return;
        }
      }
      SharedReading shared = SharedReading.of(plan, index.days());
      if (shared == null) {
        read(question, plan, List.of(), first);
        first.end();
      } else {
        readShared(question, plan, shared, rows, its);
      }
    }

    /** Reads with a second thread where a turn is free. */
    private void readShared(
        Question question, Plan plan, SharedReading shared, Predicate<Row> rows, Run its) {
      beginReading(question, plan);
      SharedReading.Lane own = shared.lane(its);
      SharedReading.Lane other = shared.lane(its);
      try {
        boolean more = true;
        while (more && !stopped) {
          more =
              readPiece(
                  question,
                  plan,
                  shared,
                  stored -> {
                    if (!look()) {
                      return false;
                    }
                    if (++eventsRead - readBefore == limits.aloneEvents()) {
                      beginSecond(question, plan, shared, other);
                    }
                    return own.take(stored);
                  });
        }
      } catch (BackendException.OverCapacity e) {
        run.leftOut("index: " + e.getMessage());
        stopped = true;
      } catch (RuntimeException e) {
        stopped = true;
        throw e;
      } finally {
        endSecond(own, other, its);
      }
      shared.give(own, other, last(rows), its);
    }

    private boolean readPiece(
        Question question, Plan plan, SharedReading shared, EventConsumer consumer) {
      TimeRange piece = shared.next();
      if (piece == null) {
        return false;
      }
      index.read(new EventReading(question.scope(), plan.filter(), piece, false), consumer);
      return true;
    }

    private void beginSecond(
        Question question, Plan plan, SharedReading shared, SharedReading.Lane lane) {
      if (second != null || running.hasQueuedThreads() || !running.tryAcquire()) {
        return; // Others wait for their turn, or have it.
      }
      SecondReader[] self = new SecondReader[1];
      self[0] =
          new SecondReader(
              () ->
                  !running.hasQueuedThreads()
                      && readPiece(
                          question,
                          plan,
                          shared,
                          stored -> {
                            self[0].count();
                            return lane.take(stored) && !stopped;
                          }),
              nanoTime,
              running::release);
      second = self[0];
      self[0].start(helpers);
    }

    /** Waits for the second thread, if there is one, and takes over what lanes hold. */
    private void endSecond(SharedReading.Lane own, SharedReading.Lane other, Run its) {
      SecondReader ending = second;
      if (ending != null) {
        ending.await(this::lookNow);
        second = null;
        eventsRead += ending.events();
      }
      sampled |= own.sampled() || other.sampled();
      SharedReading.close(own, its);
      SharedReading.close(other, its);
      if (ending != null && ending.failure() instanceof BackendException.OverCapacity over) {
        run.leftOut("index: " + over.getMessage());
      } else if (ending != null && ending.failure() != null) {
        throw ending.failure();
      }
    }

    /** The index counted what it can; the rest is read, and said. */
    private void readUncounted(Question question, Plan plan, long events, Step first) {
      List<String> fields = plan.tally() == null ? List.of() : plan.tally().fields();
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d events had to be read: the index doesn't count all by %s (it counts by 1,000 keys"
                  + " a project and day, one value each that is no random id)",
              events,
              String.join(", ", fields)));
      read(question, plan, fields, first);
    }

    private static Step last(Predicate<Row> rows) {
      return new Step() {
        @Override
        public boolean row(Row row) {
          return rows.test(row);
        }

        @Override
        public void end() {}
      };
    }

    private Step chain(Plan plan, Predicate<Row> rows, Run its) {
      Step step = last(rows);
      for (int i = plan.stages().size() - 1; i >= 0; i--) {
        step = plan.stages().get(i).step(step, its);
      }
      return step;
    }

    private void beginReading(Question question, Plan plan) {
      readBegunNanos = nanoTime.getAsLong();
      readBefore = eventsRead;
      judged = false;
      outlook = () -> index.count(question.scope(), plan.filter(), plan.range()).stored();
    }

    private void read(Question question, Plan plan, List<String> uncountedBy, Step first) {
      boolean newestFirst = plan.newestFirst() && uncountedBy.isEmpty();
      beginReading(question, plan);
      EventReading reading =
          new EventReading(question.scope(), plan.filter(), plan.range(), newestFirst, uncountedBy);
      EventRows events = new EventRows(run.setting());
      try {
        index.read(
            reading,
            stored -> {
              if (!look()) {
                return false;
              }
              eventsRead++;
              Row row = events.row(stored);
              sampled |= row.weight() > 1;
              return first.row(row);
            });
      } catch (BackendException.OverCapacity e) {
        run.leftOut("index: " + e.getMessage());
      }
    }

    /** With what the second thread has read so far. */
    private long allRead() {
      SecondReader reading = second;
      return eventsRead + (reading == null ? 0 : reading.events());
    }

    /** Whether to go on: in time, and still wanted. */
    private boolean look() {
      if (stopped) {
        return false;
      }
      return rowsGiven++ % ROWS_A_LOOK != 0 || lookNow();
    }

    private boolean lookNow() {
      if (stopped) {
        return false;
      }
      if (nanoTime.getAsLong() - begunNanos > limits.wallMax().toNanos()) {
        run.leftOut(
            "time: "
                + allRead()
                + " events were read in "
                + limits.wallMax().toSeconds()
                + " s; the rest is left out");
        stopped = true;
      } else if (isHopeless()) {
        stopped = true;
      } else if (!pulse.beat()) {
        run.leftOut("cancelled");
        stopped = true;
      }
      return !stopped;
    }

    /**
     * Whether reading can't be done in the time that there is: judged once, by how fast it went so
     * far. What can be done is done.
     */
    private boolean isHopeless() {
      long readNanos = nanoTime.getAsLong() - readBegunNanos;
      long read = allRead() - readBefore;
      if (judged || read == 0 || readNanos < limits.soonMax().toNanos()) {
        return false;
      }
      judged = true;
      long events = expected();
      double seconds = readNanos / 1e9 * (events / (double) read);
      if (seconds <= limits.wallMax().toMillis() / 1e3) {
        return false;
      }
      run.leftOut(
          String.format(
              Locale.ROOT,
              "time: %,d of %s events were read in %.1f s; all would take longer than %d s. A"
                  + " shorter range or a narrower filter costs less, an export has the time",
              read,
              events == Long.MAX_VALUE ? "too many" : String.format(Locale.ROOT, "%,d", events),
              readNanos / 1e9,
              limits.wallMax().toSeconds()));
      return true;
    }

    private long expected() {
      try {
        return outlook.getAsLong();
      } catch (BackendException.OverCapacity e) {
        return Long.MAX_VALUE; // Finding them alone takes too long.
      }
    }
  }
}
