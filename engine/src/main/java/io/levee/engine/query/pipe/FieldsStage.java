package io.levee.engine.query.pipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code fields}: keeps or removes fields. */
public record FieldsStage(boolean keep, List<String> names) implements Stage {
  static final Command COMMAND =
      Command.of(
          "fields",
          "fields [+|-] field …",
          "Keeps these fields, or with `-` removes them; names may hold `*`. The time stays unless"
              + " it is removed.",
          FieldsStage::read,
          "* | fields host, level | head 2",
          "* | stats count by host | fields - host");

  public FieldsStage {
    names = List.copyOf(names);
  }

  private static Stage read(StageReader in) {
    boolean keep = !in.text().take("-");
    in.text().take("+");
    return new FieldsStage(keep, in.fields());
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(next, keep ? this::keep : this::remove);
  }

  private Row keep(Row row) {
    List<String> kept = new ArrayList<>();
    if (!row.get(Row.TIME).isNothing()) {
      kept.add(Row.TIME);
    }
    kept.addAll(FieldNames.of(names, row));
    return row.only(kept);
  }

  private Row remove(Row row) {
    Set<String> left = row.names();
    FieldNames.of(names, row).forEach(left::remove);
    return row.only(left);
  }

  @Override
  public void needs(Needs needs, Run run) {
    if (!keep || FieldNames.anyWild(names)) {
      needs.everything();
    } else {
      needs.readAll(names);
    }
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    if (FieldNames.anyWild(names)) {
      return null;
    }
    if (keep) {
      List<String> columns = new ArrayList<>();
      if (before == null || before.contains(Row.TIME)) {
        columns.add(Row.TIME);
      }
      names.stream().filter(name -> !columns.contains(name)).forEach(columns::add);
      return columns;
    }
    return before == null ? null : before.stream().filter(name -> !names.contains(name)).toList();
  }

  @Override
  public String show() {
    return "fields " + (keep ? "" : "- ") + String.join(", ", names);
  }
}
