package io.levee.engine.query.pipe;

import io.levee.engine.query.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether a question looks only at the groups that have the most events. */
public final class Leaders {
  private Leaders() {}

  /**
   * How many groups with the most events the stages make use of, of those that have as many as the
   * last also others; 0 when they look at all.
   */
  public static int wanted(List<Stage> stages) {
    if (stages.isEmpty()) {
      return 0;
    }
    return switch (stages.getFirst()) {
      case Top top when !top.rarest() && top.by().isEmpty() && top.fields().size() == 1 ->
          isText(top.fields().getFirst()) ? top.limit() : 0;
      case Stats stats when stages.size() > 1 -> wanted(stats, stages.get(1));
      default -> 0;
    };
  }

  private static int wanted(Stats stats, Stage next) {
    String count = stats.countsOnly();
    boolean one = stats.by().size() == 1 && isText(stats.by().getFirst());
    return one && count != null && next instanceof Sort sort ? sort.greatestBy(count) : 0;
  }

  /** Numbers that are written in two ways are one group. */
  private static boolean isText(String name) {
    Fields.@Nullable Field field = Fields.find(Fields.canonical(name));
    return field == null || field.type() == Fields.Type.EXACT;
  }
}
