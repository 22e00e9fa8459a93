package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code replace}: other words for values.
 *
 * @param fields in which; none for all
 */
public record ReplaceStage(List<Change> changes, List<String> fields) implements Stage {
  /** One value. */
  public record Change(String from, String to) {}

  static final Command COMMAND =
      Command.of(
          "replace",
          "replace value with value [, value with value …] [in field …]",
          "Puts one value in the place of another; one `*` in both stands for the same.",
          ReplaceStage::read,
          "* | stats count by level | replace error with Error in level");

  public ReplaceStage {
    changes = List.copyOf(changes);
    fields = List.copyOf(fields);
  }

  private static Stage read(StageReader in) {
    List<Change> changes = new ArrayList<>();
    do {
      in.text().skipBlanks();
      String from = in.value();
      if (from.isEmpty() || !in.takeWord("with")) {
        throw in.wrong("expected: value with value");
      }
      in.text().skipBlanks();
      changes.add(new Change(from, in.value()));
    } while (in.text().take(","));
    return new ReplaceStage(changes, in.takeWord("in") ? in.fields() : List.of());
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(
        next,
        row -> {
          for (String field : fields.isEmpty() ? List.copyOf(row.names()) : fields) {
            Value value = row.get(field);
            if (!value.isNothing()) {
              row.put(field, Value.many(value.items().stream().map(this::replaced).toList()));
            }
          }
          return row;
        });
  }

  private Value replaced(Value value) {
    String text = value.asText();
    for (Change change : changes) {
      int star = change.from().indexOf('*');
      if (star < 0 && text.equalsIgnoreCase(change.from())) {
        return Value.text(change.to());
      }
      String before = star < 0 ? "" : change.from().substring(0, star);
      String behind = star < 0 ? "" : change.from().substring(star + 1);
      boolean fits =
          star >= 0
              && text.length() >= before.length() + behind.length()
              && text.startsWith(before)
              && text.endsWith(behind);
      if (fits) {
        String middle = text.substring(before.length(), text.length() - behind.length());
        return Value.text(change.to().replace("*", middle));
      }
    }
    return value;
  }

  @Override
  public void needs(Needs needs, Run run) {
    if (fields.isEmpty()) {
      needs.everything();
    }
    needs.readAll(fields);
  }

  @Override
  public String show() {
    return "replace "
        + String.join(", ", changes.stream().map(c -> c.from() + " with " + c.to()).toList())
        + (fields.isEmpty() ? "" : " in " + String.join(", ", fields));
  }
}
