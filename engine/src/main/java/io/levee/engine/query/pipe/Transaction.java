package io.levee.engine.query.pipe;

import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code transaction}: rows that belong together become one.
 *
 * @param spanSeconds from first to last at most; 0 for any
 * @param pauseSeconds between two rows at most; 0 for any
 */
public record Transaction(
    List<String> fields,
    double spanSeconds,
    double pauseSeconds,
    int rowsMax,
    @Nullable Query startsWith,
    @Nullable Query endsWith)
    implements Stage {
  private static final int ROWS_USUAL = 1_000;

  static final Command COMMAND =
      Command.of(
          "transaction",
          "transaction field … [maxspan=30m] [maxpause=5m] [maxevents=1000] [startswith=\"words\"]"
              + " [endswith=\"words\"]",
          "Joins the rows that have the same values into one, with `duration` in seconds,"
              + " `eventcount`, and `closed`: whether its end was seen. Rows must come newest"
              + " first, as events do.",
          Transaction::read,
          "* | transaction user maxpause=30m | table user, eventcount, duration, closed");

  public Transaction {
    fields = List.copyOf(fields);
  }

  private static Stage read(StageReader in) {
    List<String> fields = new ArrayList<>();
    double span = 0;
    double pause = 0;
    int most = ROWS_USUAL;
    Query starts = null;
    Query ends = null;
    while (!in.atEnd()) {
      if (in.takeOption("maxspan")) {
        span = (double) in.span().seconds();
      } else if (in.takeOption("maxpause")) {
        pause = (double) in.span().seconds();
      } else if (in.takeOption("maxevents")) {
        most = in.number("maxevents", 1, 100_000);
      } else if (in.takeOption("startswith")) {
        starts = filter(in);
      } else if (in.takeOption("endswith")) {
        ends = filter(in);
      } else {
        fields.add(in.field());
        in.text().take(",");
      }
    }
    return new Transaction(fields, span, pause, most, starts, ends);
  }

  private static Query filter(StageReader in) {
    int at = in.text().position();
    String words = in.value();
    return switch (QueryParser.parse(words)) {
      case QueryParser.Parsed parsed -> parsed.query();
      case QueryParser.SyntaxError error ->
          throw in.text().wrongAt(at, words, "transaction: " + error.message());
    };
  }

  @Override
  public Step step(Step next, Run run) {
    return new Joining(next, run);
  }

  /** Rows that belong together so far; the newest came first. */
  private static final class Open {
    private final Map<String, Set<Value>> values = new LinkedHashMap<>();
    private double oldest;
    private final double newest;
    private int rows;
    private long weight;
    private boolean ended;

    Open(double seconds) {
      this.newest = seconds;
      this.oldest = seconds;
    }
  }

  private final class Joining implements Step {
    private final Map<List<String>, Open> open = new LinkedHashMap<>();
    private final Step next;
    private final Run run;
    private final @Nullable RowMatcher starts;
    private final @Nullable RowMatcher ends;
    private boolean wanted = true;

    Joining(Step next, Run run) {
      this.next = next;
      this.run = run;
      this.starts = startsWith == null ? null : new RowMatcher(startsWith);
      this.ends = endsWith == null ? null : new RowMatcher(endsWith);
    }

    @Override
    public boolean row(Row row) {
      List<Value> values = fields.stream().map(row::get).toList();
      if (values.stream().anyMatch(Value::isNothing)) {
        return wanted;
      }
      List<String> key = values.stream().map(Value::asText).toList();
      double seconds = row.seconds();
      boolean end = ends != null && ends.matches(row);
      Open current = open.get(key);
      if (current != null && (end || !fits(current, seconds))) {
        close(key, current, ends == null || current.ended);
        current = null;
      }
      if (current == null) {
        if (!run.hold("transaction")) {
          return wanted;
        }
        current = new Open(seconds);
        current.ended = end;
        open.put(key, current);
      }
      add(current, row, seconds);
      if (starts != null && starts.matches(row)) {
        close(key, current, ends == null || current.ended);
      }
      return wanted;
    }

    private boolean fits(Open current, double seconds) {
      return current.rows < rowsMax
          && (spanSeconds == 0 || current.newest - seconds <= spanSeconds)
          && (pauseSeconds == 0 || current.oldest - seconds <= pauseSeconds);
    }

    private void add(Open current, Row row, double seconds) {
      current.rows++;
      current.weight += row.weight();
      current.oldest = Math.min(current.oldest, seconds);
      for (String name : row.names()) {
        Set<Value> held = current.values.computeIfAbsent(name, n -> new LinkedHashSet<>());
        for (Value value : row.get(name).items()) {
          if (!held.contains(value) && run.hold("transaction")) {
            held.add(value);
          }
        }
      }
    }

    private void close(List<String> key, Open current, boolean closed) {
      open.remove(key);
      Row row = Row.fresh(run.setting());
      current.values.forEach((name, values) -> row.put(name, Value.many(List.copyOf(values))));
      current.values.values().forEach(values -> run.free(values.size()));
      run.free(1);
      row.put(Row.TIME, Value.number(current.oldest));
      row.put("duration", Value.number(current.newest - current.oldest));
      row.put("eventcount", Value.number((double) current.weight));
      row.put("closed", Value.bool(closed));
      wanted &= next.row(row);
    }

    @Override
    public void end() {
      List.copyOf(open.entrySet())
          .forEach(
              entry -> close(entry.getKey(), entry.getValue(), starts == null && ends == null));
      next.end();
    }
  }

  @Override
  public String show() {
    return "transaction " + String.join(", ", fields) + " maxevents=" + rowsMax;
  }
}
