package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Evaluator;
import io.levee.engine.query.eval.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code eval}: sets fields to what expressions say. */
public record Eval(List<Assignment> assignments) implements Stage {
  /** One field and its expression. */
  public record Assignment(String field, Expression expression) {}

  static final Command COMMAND =
      Command.of(
          "eval",
          "eval field=expression [, field=expression …]",
          "Sets fields; later expressions see what earlier ones set.",
          Eval::read,
          "* | eval seconds=duration/1000, slow=if(seconds > 1, \"yes\", \"no\") | stats count by"
              + " slow");

  public Eval {
    assignments = List.copyOf(assignments);
  }

  private static Stage read(StageReader in) {
    List<Assignment> assignments = new ArrayList<>();
    do {
      String field = in.field();
      in.text().expect("=", "eval");
      assignments.add(new Assignment(field, in.expression()));
    } while (in.text().take(","));
    return new Eval(assignments);
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(
        next,
        row -> {
          for (Assignment assignment : assignments) {
            row.put(assignment.field(), Evaluator.value(assignment.expression(), row));
          }
          return row;
        });
  }

  @Override
  public void needs(Needs needs, Run run) {
    for (Assignment assignment : assignments) {
      Set<String> fields = new LinkedHashSet<>();
      assignment.expression().fields(fields);
      needs.readAll(fields);
      needs.assign(assignment.field());
    }
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    if (before == null) {
      return null;
    }
    LinkedHashSet<String> columns = new LinkedHashSet<>(before);
    assignments.forEach(assignment -> columns.add(assignment.field()));
    return List.copyOf(columns);
  }

  @Override
  public String show() {
    return "eval "
        + String.join(
            ", ", assignments.stream().map(a -> a.field() + "=" + a.expression().show()).toList());
  }
}
