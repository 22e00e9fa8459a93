package io.levee.engine.ask;

import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.pipe.AddTotals;
import io.levee.engine.query.pipe.Append;
import io.levee.engine.query.pipe.Bin;
import io.levee.engine.query.pipe.Chart;
import io.levee.engine.query.pipe.Compare;
import io.levee.engine.query.pipe.Convert;
import io.levee.engine.query.pipe.Dedup;
import io.levee.engine.query.pipe.Eval;
import io.levee.engine.query.pipe.EventStats;
import io.levee.engine.query.pipe.FieldsStage;
import io.levee.engine.query.pipe.FillNull;
import io.levee.engine.query.pipe.Head;
import io.levee.engine.query.pipe.Lookup;
import io.levee.engine.query.pipe.MakeMv;
import io.levee.engine.query.pipe.MvExpand;
import io.levee.engine.query.pipe.PatternsStage;
import io.levee.engine.query.pipe.RegexStage;
import io.levee.engine.query.pipe.Rename;
import io.levee.engine.query.pipe.ReplaceStage;
import io.levee.engine.query.pipe.Reverse;
import io.levee.engine.query.pipe.Rex;
import io.levee.engine.query.pipe.Search;
import io.levee.engine.query.pipe.Sort;
import io.levee.engine.query.pipe.Spath;
import io.levee.engine.query.pipe.Stage;
import io.levee.engine.query.pipe.Stats;
import io.levee.engine.query.pipe.StreamStats;
import io.levee.engine.query.pipe.Table;
import io.levee.engine.query.pipe.Tail;
import io.levee.engine.query.pipe.Timechart;
import io.levee.engine.query.pipe.Top;
import io.levee.engine.query.pipe.Transaction;
import io.levee.engine.query.pipe.Where;
import java.util.List;

/** Whether an answer depends on the order in which events are read. */
final class Ordering {
  private enum Effect {
    KEEPS,
    FORGETS,
    MATTERS
  }

  private Ordering() {}

  static boolean matters(List<Stage> stages) {
    for (Stage stage : stages) {
      Effect effect = effect(stage);
      if (effect != Effect.KEEPS) {
        return effect == Effect.MATTERS;
      }
    }
    return true;
  }

  private static Effect effect(Stage stage) {
    return switch (stage) {
      case Search ignored -> Effect.KEEPS;
      case Where ignored -> Effect.KEEPS;
      case Eval ignored -> Effect.KEEPS;
      case Rename ignored -> Effect.KEEPS;
      case FieldsStage ignored -> Effect.KEEPS;
      case Table ignored -> Effect.KEEPS;
      case Bin ignored -> Effect.KEEPS;
      case Rex ignored -> Effect.KEEPS;
      case RegexStage ignored -> Effect.KEEPS;
      case ReplaceStage ignored -> Effect.KEEPS;
      case Convert ignored -> Effect.KEEPS;
      case Spath ignored -> Effect.KEEPS;
      case MakeMv ignored -> Effect.KEEPS;
      case MvExpand ignored -> Effect.KEEPS;
      case FillNull ignored -> Effect.KEEPS;
      case Lookup ignored -> Effect.KEEPS;
      case Stats stats -> of(stats.aggregates());
      case Timechart chart -> of(chart.aggregates());
      case Chart chart -> of(chart.aggregates());
      case Top ignored -> Effect.FORGETS;
      case PatternsStage ignored -> Effect.MATTERS;
      case EventStats ignored -> Effect.MATTERS;
      case StreamStats ignored -> Effect.MATTERS;
      case Sort ignored -> Effect.MATTERS;
      case Head ignored -> Effect.MATTERS;
      case Tail ignored -> Effect.MATTERS;
      case Reverse ignored -> Effect.MATTERS;
      case Dedup ignored -> Effect.MATTERS;
      case Transaction ignored -> Effect.MATTERS;
      case AddTotals ignored -> Effect.MATTERS;
      case Append ignored -> Effect.MATTERS;
      case Compare ignored -> Effect.MATTERS;
    };
  }

  private static Effect of(List<Aggregate> aggregates) {
    return aggregates.stream().anyMatch(aggregate -> aggregate.function().inOrder())
        ? Effect.MATTERS
        : Effect.FORGETS;
  }
}
