package io.levee.engine.ask;

import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.pipe.Bin;
import io.levee.engine.query.pipe.Convert;
import io.levee.engine.query.pipe.Eval;
import io.levee.engine.query.pipe.FieldsStage;
import io.levee.engine.query.pipe.MakeMv;
import io.levee.engine.query.pipe.MvExpand;
import io.levee.engine.query.pipe.RegexStage;
import io.levee.engine.query.pipe.Rename;
import io.levee.engine.query.pipe.ReplaceStage;
import io.levee.engine.query.pipe.Rex;
import io.levee.engine.query.pipe.Row;
import io.levee.engine.query.pipe.Run;
import io.levee.engine.query.pipe.Search;
import io.levee.engine.query.pipe.Spath;
import io.levee.engine.query.pipe.Stage;
import io.levee.engine.query.pipe.Stats;
import io.levee.engine.query.pipe.Step;
import io.levee.engine.query.pipe.Where;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A reading of events that two threads can share: stages that look at rows one by one, then {@code
 * stats}, for which it doesn't matter which row comes first. The time is cut into pieces; each
 * thread takes one after the other and has groups of its own, which are joined in the end.
 */
final class SharedReading {
  /** Few enough that looking the filter's words up for each costs nothing beside the reading. */
  private static final int PIECES = 32;

  private final List<Stage> before;
  private final Stats stats;
  private final List<Stage> behind;
  private final Queue<TimeRange> pieces;

  private SharedReading(
      List<Stage> before, Stats stats, List<Stage> behind, Queue<TimeRange> pieces) {
    this.before = before;
    this.stats = stats;
    this.behind = behind;
    this.pieces = pieces;
  }

  /**
   * How a plan's reading can be shared; null when it can't. Patterns look through words for each
   * piece again, and have their time for all of the question.
   *
   * @param days that the index has, oldest first
   */
  static @Nullable SharedReading of(Plan plan, List<LocalDate> days) {
    if (plan.newestFirst() || looksThroughWords(plan.filter())) {
      return null;
    }
    for (int i = 0; i < plan.stages().size(); i++) {
      Stage stage = plan.stages().get(i);
      if (stage instanceof Stats stats) {
        List<Stage> behind = plan.stages().subList(i + 1, plan.stages().size());
        return new SharedReading(
            plan.stages().subList(0, i), stats, behind, pieces(plan.range(), days));
      }
      if (!isRowByRow(stage)) {
        return null;
      }
    }
    return null;
  }

  private static boolean isRowByRow(Stage stage) {
    return stage instanceof Search
        || stage instanceof Where
        || stage instanceof Eval
        || stage instanceof Rename
        || stage instanceof FieldsStage
        || stage instanceof Bin
        || stage instanceof Rex
        || stage instanceof RegexStage
        || stage instanceof ReplaceStage
        || stage instanceof Convert
        || stage instanceof Spath
        || stage instanceof MakeMv
        || stage instanceof MvExpand;
  }

  private static boolean looksThroughWords(Query filter) {
    return switch (filter) {
      case Query.And and -> and.parts().stream().anyMatch(SharedReading::looksThroughWords);
      case Query.Or or -> or.parts().stream().anyMatch(SharedReading::looksThroughWords);
      case Query.Not not -> looksThroughWords(not.part());
      case Query.Wildcard ignored -> true;
      case Query.Regex ignored -> true;
      case Query.Cidr ignored -> true;
      case Query.Term ignored -> false;
      case Query.Phrase ignored -> false;
      case Query.Range ignored -> false;
      case Query.Exists ignored -> false;
      case Query.All ignored -> false;
    };
  }

  /** The whole range, newest first, cut where days of the index and parts of these begin. */
  private static Queue<TimeRange> pieces(TimeRange range, List<LocalDate> days) {
    int aDay = Math.max(1, PIECES / Math.max(1, days.size()));
    Duration length = Duration.ofDays(1).dividedBy(aDay);
    TreeSet<Instant> cuts = new TreeSet<>();
    for (LocalDate day : days) {
      Instant begin = day.atStartOfDay().toInstant(ZoneOffset.UTC);
      for (int i = 0; i < aDay; i++) {
        cuts.add(begin.plus(length.multipliedBy(i)));
      }
    }
    Queue<TimeRange> pieces = new ConcurrentLinkedQueue<>();
    Instant to = range.to();
    for (Instant cut : cuts.descendingSet()) {
      if (cut.isAfter(range.from()) && cut.isBefore(to)) {
        pieces.add(new TimeRange(cut, to));
        to = cut;
      }
    }
    pieces.add(new TimeRange(range.from(), to));
    return pieces;
  }

  /** The next piece of time, whoever asks; null when all are taken. Thread-safe. */
  @Nullable TimeRange next() {
    return pieces.poll();
  }

  /** One thread's stages and groups. */
  static final class Lane {
    private final Run run;
    private final Stats.Gathering gathering;
    private final Step first;
    private final EventRows rows;
    private boolean sampled;

    private Lane(Run run, Stats.Gathering gathering, Step first) {
      this.run = run;
      this.gathering = gathering;
      this.first = first;
      this.rows = new EventRows(run.setting());
    }

    /** Takes an event; false when no more are wanted. */
    boolean take(StoredEvent stored) {
      Row row = rows.row(stored);
      sampled |= row.weight() > 1;
      return first.row(row);
    }

    boolean sampled() {
      return sampled;
    }
  }

  /** Begins a lane. */
  Lane lane(Run outer) {
    Run run = outer.lane();
    Stats.Gathering gathering = stats.gathering(run);
    Step first = gathering;
    for (int i = before.size() - 1; i >= 0; i--) {
      first = before.get(i).step(first, run);
    }
    return new Lane(run, gathering, first);
  }

  /** Takes back what lanes hold; to be called once for each, whatever came of it. */
  static void close(Lane lane, Run outer) {
    outer.join(lane.run);
  }

  /**
   * Gives what the lanes added up to the stages behind.
   *
   * @param other null when there was one lane
   * @param behindAll the stages behind those of the plan
   */
  void give(Lane lane, @Nullable Lane other, Step behindAll, Run outer) {
    if (other != null) {
      lane.gathering.join(other.gathering, outer);
    }
    Step next = behindAll;
    for (int i = behind.size() - 1; i >= 0; i--) {
      next = behind.get(i).step(next, outer);
    }
    stats.give(lane.gathering, next, outer);
  }
}
