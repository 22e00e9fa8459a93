package io.levee.engine.sampling;

import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.Outcome;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Reads from the ledger what {@link SpikeBaseline} goes by. */
final class LedgerHours {
  private LedgerHours() {}

  /**
   * How many errors of a project came in during this hour of earlier days, the latest first;
   * without days before it was created.
   */
  static List<Long> of(LedgerStore ledger, Project project, Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    List<Long> hours = new ArrayList<>();
    for (int day = 1; day <= SpikeBaseline.DAYS; day++) {
      Instant from = hour.minus(day, ChronoUnit.DAYS);
      if (from.isBefore(project.created())) {
        break;
      }
      TimeRange range = TimeRange.before(from.plus(1, ChronoUnit.HOURS), Duration.ofHours(1));
      hours.add(
          ledger.read(ProjectScope.of(project.id()), range).stream()
              .filter(LedgerHours::isError)
              .mapToLong(LedgerEntry::quantity)
              .sum());
    }
    return hours;
  }

  private static boolean isError(LedgerEntry line) {
    boolean taken = line.outcome() == Outcome.ACCEPTED || line.outcome() == Outcome.SAMPLED_OUT;
    return taken && line.category().equals(Kind.ERROR.wireName());
  }
}
