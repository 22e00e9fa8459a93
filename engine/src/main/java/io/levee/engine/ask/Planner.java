package io.levee.engine.ask;

import io.levee.engine.index.TallyRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.pipe.Leaders;
import io.levee.engine.query.pipe.Needs;
import io.levee.engine.query.pipe.Run;
import io.levee.engine.query.pipe.Search;
import io.levee.engine.query.pipe.Span;
import io.levee.engine.query.pipe.Stage;
import io.levee.engine.query.pipe.Where;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the index does of a question: it finds what filters say, and it counts when the
 * first stages look at nothing but fields that it can count by, and at times in steps. Counted
 * groups then go through the same stages as events would, each with the weight of all that it
 * stands for.
 */
final class Planner {
  private static final int STARTS_MAX = 100_000;
  private static final int FIELDS_MAX = 6;

  /** Patterns that begin with a wildcard look at every word there is. */
  private static final int LEADING_WILDCARDS_MAX = 20;

  private final Question question;
  private final Run run;
  private final List<LocalDate> days;
  private final int groupsMax;

  /**
   * @param days that the index has, oldest first
   */
  Planner(Question question, Run run, List<LocalDate> days, int groupsMax) {
    this.question = question;
    this.run = run;
    this.days = days;
    this.groupsMax = groupsMax;
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException when it would cost more than a question may
   */
  Plan plan() {
    List<Query> filters = new ArrayList<>();
    List<Stage> stages = new ArrayList<>();
    FilterSplit split = FilterSplit.of(question.pipeline().filter());
    filters.add(split.indexed());
    if (split.rest() != null) {
      stages.add(new Search(split.rest()));
    }
    boolean leading = true;
    for (Stage stage : question.pipeline().stages()) {
      if (leading && stage instanceof Search(Query query)) {
        FilterSplit more = FilterSplit.of(query);
        filters.add(more.indexed());
        stage = more.rest() == null ? null : new Search(more.rest());
      } else if (leading && stage instanceof Where where) {
        filters.addAll(FilterSplit.implied(where.condition()));
      } else {
        leading = false;
      }
      if (stage != null) {
        stages.add(stage);
      }
    }
    Query filter = joined(filters);
    check(filter);
    TallyRequest tally = tally(filter, stages);
    return new Plan(filter, run.range(), tally, Ordering.matters(stages), stages);
  }

  private static Query joined(List<Query> filters) {
    List<Query> parts = filters.stream().filter(f -> !(f instanceof Query.All)).toList();
    return switch (parts.size()) {
      case 0 -> new Query.All();
      case 1 -> parts.getFirst();
      default -> new Query.And(parts);
    };
  }

  private static void check(Query filter) {
    int leading = FilterSplit.leadingWildcards(filter);
    if (leading > LEADING_WILDCARDS_MAX) {
      throw new IllegalArgumentException(
          "question: "
              + leading
              + " patterns that begin with a wildcard or are regular expressions (expected: at most"
              + " "
              + LEADING_WILDCARDS_MAX
              + ", since each looks at every word there is)");
    }
  }

  private @Nullable TallyRequest tally(Query filter, List<Stage> stages) {
    Needs needs = new Needs();
    boolean sumsUp = false;
    for (Stage stage : stages) {
      stage.needs(needs, run);
      if (stage.sumsUp()) {
        sumsUp = true;
        break;
      }
    }
    if (!sumsUp || needs.isEverything() || needs.fields().size() > FIELDS_MAX) {
      return null;
    }
    List<Instant> starts = starts(needs);
    return starts == null
        ? null
        : new TallyRequest(
            question.scope(),
            filter,
            run.range(),
            List.copyOf(needs.fields()),
            starts,
            groupsMax,
            Leaders.wanted(stages));
  }

  /** Where all steps of time begin that must be told apart; null when there are too many. */
  private @Nullable List<Instant> starts(Needs needs) {
    TreeSet<Instant> starts = new TreeSet<>();
    TimeRange held = held();
    for (Span span : needs.spans()) {
      List<Instant> more = span.starts(held, zone(), STARTS_MAX);
      if (more == null) {
        return null;
      }
      starts.addAll(more);
    }
    if (starts.isEmpty() && !needs.spans().isEmpty()) {
      starts.add(held.from());
    }
    return starts.size() > STARTS_MAX ? null : List.copyOf(starts);
  }

  private ZoneId zone() {
    return run.setting().zone();
  }

  /** The part of the range that the index has days of. */
  private TimeRange held() {
    if (days.isEmpty()) {
      return run.range();
    }
    Instant first = days.getFirst().atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant behind = days.getLast().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant from = run.range().from().isBefore(first) ? first : run.range().from();
    Instant to = run.range().to().isAfter(behind) ? behind : run.range().to();
    return from.isBefore(to) ? new TimeRange(from, to) : new TimeRange(from, from);
  }
}
