package io.levee.engine.query.pipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage of a question, as it was read. Immutable. */
public sealed interface Stage
    permits AddTotals,
        Append,
        Bin,
        Chart,
        Compare,
        Convert,
        Dedup,
        Eval,
        EventStats,
        FieldsStage,
        FillNull,
        Head,
        Lookup,
        MakeMv,
        MvExpand,
        PatternsStage,
        RegexStage,
        Rename,
        ReplaceStage,
        Reverse,
        Rex,
        Search,
        Sort,
        Spath,
        Stats,
        StreamStats,
        Table,
        Tail,
        Timechart,
        Top,
        Transaction,
        Where {
  /** The stage at work, giving its rows to the next. */
  Step step(Step next, Run run);

  /** In the words of the language, with what was left open filled in. */
  String show();

  /**
   * Says what it needs of events. A stage that looks at rows one by one, or only adds up what they
   * stand for, names its fields; the others need everything.
   *
   * @param run the range, for stages that choose their own steps of time
   */
  default void needs(Needs needs, Run run) {
    needs.everything();
  }

  /** Whether it makes a table of what it is given, so that what lies before it need not be rows. */
  default boolean sumsUp() {
    return false;
  }

  /**
   * The columns behind it.
   *
   * @param before the columns before it; null while rows are events or nobody knows
   * @return null when nobody knows
   */
  default @Nullable List<String> columns(@Nullable List<String> before) {
    return before;
  }
}
