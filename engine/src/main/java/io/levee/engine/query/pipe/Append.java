package io.levee.engine.query.pipe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code append}: the rows of another question behind these. */
public record Append(Pipeline more) implements Stage {
  static final Command COMMAND =
      Command.of(
          "append",
          "append [question]",
          "Asks another question over the same time, unless it names its own, and puts its rows"
              + " behind these.",
          in -> new Append(in.subsearch()),
          "ERROR | stats count as errors | append [WARN | stats count as warnings]");

  @Override
  public Step step(Step next, Run run) {
    return new Step() {
      private boolean wanted = true;

      @Override
      public boolean row(Row row) {
        wanted = next.row(row);
        return wanted;
      }

      @Override
      public void end() {
        if (wanted) {
          List<Row> rows = new ArrayList<>();
          run.subsearch().rows(more, run.range(), rows::add);
          for (Row row : rows) {
            if (!next.row(row)) {
              break;
            }
          }
        }
        next.end();
      }
    };
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    List<String> appended = null;
    for (Stage stage : more.stages()) {
      appended = stage.columns(appended);
    }
    if (before == null || appended == null) {
      return null;
    }
    LinkedHashSet<String> columns = new LinkedHashSet<>(before);
    columns.addAll(appended);
    return List.copyOf(columns);
  }

  @Override
  public String show() {
    return "append [" + more.stages().size() + " stages]";
  }
}
