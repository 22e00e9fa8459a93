package io.levee.engine.query.pipe;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalogue of commands. */
public final class Commands {
  private static final List<Command> ALL =
      List.of(
          Search.COMMAND,
          Where.COMMAND,
          Eval.COMMAND,
          Stats.COMMAND,
          Timechart.COMMAND,
          Chart.COMMAND,
          Top.COMMAND,
          Top.RARE,
          Sort.COMMAND,
          Head.COMMAND,
          Tail.COMMAND,
          Reverse.COMMAND,
          FieldsStage.COMMAND,
          Table.COMMAND,
          Rename.COMMAND,
          Bin.COMMAND,
          Dedup.COMMAND,
          Rex.COMMAND,
          RegexStage.COMMAND,
          FillNull.COMMAND,
          EventStats.COMMAND,
          StreamStats.COMMAND,
          Spath.COMMAND,
          MakeMv.COMMAND,
          MvExpand.COMMAND,
          Transaction.COMMAND,
          Lookup.COMMAND,
          AddTotals.COMMAND,
          ReplaceStage.COMMAND,
          Append.COMMAND,
          Convert.COMMAND,
          PatternsStage.COMMAND,
          Compare.COMMAND);

  private static final Map<String, Command> BY_NAME = byName();

  private Commands() {}

  /** Every command, the most used first. */
  public static List<Command> all() {
    return ALL;
  }

  /** Every name and alias. */
  public static Collection<String> names() {
    return BY_NAME.keySet();
  }

  static @Nullable Command find(String name) {
    return BY_NAME.get(name);
  }

  private static Map<String, Command> byName() {
    Map<String, Command> byName = new TreeMap<>();
    for (Command command : ALL) {
      byName.put(command.name(), command);
      command.aliases().forEach(alias -> byName.put(alias, command));
    }
    return byName;
  }
}
