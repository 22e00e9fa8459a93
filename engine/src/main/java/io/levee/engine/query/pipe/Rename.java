package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code rename}: other names for fields. */
public record Rename(List<Change> changes) implements Stage {
  /** One field. */
  public record Change(String from, String to) {}

  static final Command COMMAND =
      Command.of(
          "rename",
          "rename field as name [, field as name …]",
          "Gives fields other names; one `*` in both stands for the same.",
          Rename::read,
          "* | stats count by host | rename host as machine, count as \"how many\"");

  public Rename {
    changes = List.copyOf(changes);
  }

  private static Stage read(StageReader in) {
    List<Change> changes = new ArrayList<>();
    do {
      String from = in.field();
      if (!in.takeWord("as")) {
        throw in.wrong("`as` is missing");
      }
      changes.add(new Change(from, in.field()));
      in.text().take(",");
    } while (!in.atEnd());
    return new Rename(changes);
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(next, this::rename);
  }

  /** In its place, so that columns stay in their order. */
  private Row rename(Row row) {
    if (row.isEvent()) {
      for (Change change : changes) {
        for (Change one : spelled(change, row.names())) {
          Value value = row.get(one.from());
          row.put(one.from(), Value.nothing()).put(one.to(), value);
        }
      }
      return row;
    }
    Map<String, String> names = new LinkedHashMap<>();
    row.names().forEach(name -> names.put(name, name));
    for (Change change : changes) {
      spelled(change, names.keySet()).forEach(one -> names.put(one.from(), one.to()));
    }
    Map<String, Value> values = new LinkedHashMap<>();
    names.forEach((from, to) -> values.put(to, row.get(from)));
    row.only(List.of());
    values.forEach(row::put);
    return row;
  }

  private static List<Change> spelled(Change change, Iterable<String> names) {
    int star = change.from().indexOf('*');
    if (star < 0) {
      return List.of(change);
    }
    String before = change.from().substring(0, star);
    String behind = change.from().substring(star + 1);
    List<Change> spelled = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith(before)
          && name.endsWith(behind)
          && name.length() >= before.length() + behind.length()) {
        String middle = name.substring(before.length(), name.length() - behind.length());
        spelled.add(new Change(name, change.to().replace("*", middle)));
      }
    }
    return spelled;
  }

  @Override
  public void needs(Needs needs, Run run) {
    for (Change change : changes) {
      if (FieldNames.wild(change.from())) {
        needs.everything();
      }
      needs.read(change.from());
      needs.assign(change.to());
    }
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    if (before == null) {
      return null;
    }
    List<String> columns = new ArrayList<>(before);
    for (Change change : changes) {
      for (Change one : spelled(change, List.copyOf(columns))) {
        columns.replaceAll(name -> name.equals(one.from()) ? one.to() : name);
      }
    }
    return columns;
  }

  @Override
  public String show() {
    return "rename "
        + String.join(", ", changes.stream().map(c -> c.from() + " as " + c.to()).toList());
  }
}
