package io.levee.engine.query.pipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code table}: these columns in this order. */
public record Table(List<String> names) implements Stage {
  static final Command COMMAND =
      Command.of(
          "table",
          "table field …",
          "A table of these columns, in this order; names may hold `*`.",
          in -> new Table(in.fields()),
          "* | head 2 | table host, level, message");

  public Table {
    names = List.copyOf(names);
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(next, row -> row.only(FieldNames.of(names, row)));
  }

  @Override
  public void needs(Needs needs, Run run) {
    if (FieldNames.anyWild(names)) {
      needs.everything();
    } else {
      needs.readAll(names);
    }
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    return FieldNames.anyWild(names) ? null : names;
  }

  @Override
  public String show() {
    return "table " + String.join(", ", names);
  }
}
