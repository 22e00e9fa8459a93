package io.levee.engine.query.pipe;

import io.levee.engine.query.AddressBlock;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * {@code sort}: rows in the order of fields.
 *
 * @param limit of the rows that go on; 0 for all
 */
public record Sort(int limit, List<Key> keys) implements Stage {
  private static final int LIMIT_USUAL = 10_000;
  private static final int LIMIT_MAX = 1_000_000;

  static final Command COMMAND =
      Command.of(
          "sort",
          "sort [limit] [+|-]field …",
          "Rows in the order of fields, `-` for the greatest first. At most 10,000 go on unless"
              + " another limit is given (0: all); what is cut off is said. Fields can be read as"
              + " `num(f)`, `str(f)` or `ip(f)`. Rows without the field come last.",
          Sort::read,
          "* | stats count by host | sort -count",
          "* | sort 2 -duration, host");

  /** How values compare. */
  enum As {
    AUTO,
    NUM,
    STR,
    IP
  }

  /** One field. */
  record Key(String field, boolean descending, As as) {
    int compare(Row a, Row b) {
      Value left = a.get(field);
      Value right = b.get(field);
      if (left.isNothing() || right.isNothing()) {
        return Boolean.compare(left.isNothing(), right.isNothing());
      }
      int order =
          switch (as) {
            case AUTO -> Value.ORDER.compare(left, right);
            case NUM -> Double.compare(left.asNumber(), right.asNumber());
            case STR -> left.asText().compareTo(right.asText());
            case IP -> AddressBlock.compare(left.asText(), right.asText());
          };
      return descending ? -order : order;
    }

    String show() {
      return (descending ? "-" : "+") + field;
    }
  }

  public Sort {
    keys = List.copyOf(keys);
  }

  private static Stage read(StageReader in) {
    int limit = LIMIT_USUAL;
    if (in.takeOption("limit") || in.lookingAtNumber()) {
      limit = in.number("limit", 0, LIMIT_MAX);
    }
    List<Key> keys = new ArrayList<>();
    while (!in.atEnd()) {
      boolean descending = in.text().take("-");
      if (!descending) {
        in.text().take("+");
      }
      keys.add(key(in, descending));
      in.text().take(",");
    }
    if (keys.isEmpty()) {
      throw in.wrong("a field is missing");
    }
    return new Sort(limit, keys);
  }

  private static Key key(StageReader in, boolean descending) {
    for (As as : As.values()) {
      int at = in.text().position();
      if (in.takeWord(as.name()) && in.text().take("(")) {
        Key key = new Key(in.field(), descending, as);
        in.text().expect(")", "sort");
        return key;
      }
      in.text().goTo(at);
    }
    return new Key(in.field(), descending, As.AUTO);
  }

  /**
   * How many of the greatest by this column alone go on, without a word on the others; 0: others.
   */
  int greatestBy(String column) {
    boolean tells = limit == LIMIT_USUAL;
    Key key = keys.getFirst();
    boolean greatest = key.descending() && (key.as() == As.AUTO || key.as() == As.NUM);
    return !tells && keys.size() == 1 && greatest && key.field().equals(column) ? limit : 0;
  }

  private Comparator<Row> order() {
    return (a, b) -> {
      for (Key key : keys) {
        int order = key.compare(a, b);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  @Override
  public Step step(Step next, Run run) {
    return new Step() {
      private long came;

      // The worst of those that are kept stands at the top; of equal ones the last.
      private final PriorityQueue<Numbered> kept =
          new PriorityQueue<>(Numbered.order(order()).reversed());

      @Override
      public boolean row(Row row) {
        came++;
        if (limit > 0 && kept.size() == limit) {
          Numbered worst = kept.peek();
          if (worst != null && order().compare(row, worst.row()) >= 0) {
            return true;
          }
          kept.poll();
        } else if (!run.hold("sort", row)) {
          return true;
        }
        kept.add(new Numbered(came, row));
        return true;
      }

      @Override
      public @Nullable Choice choice() {
        boolean counts = limit == LIMIT_USUAL; // Then it says how many there were.
        return limit > 0 && !counts ? new Choice(order(), limit) : null;
      }

      @Override
      public void end() {
        if (limit == LIMIT_USUAL && came > limit) {
          run.leftOut("sort: the first " + limit + " of " + came + " rows");
        }
        run.free(kept.size());
        List<Numbered> sorted = new ArrayList<>(kept);
        sorted.sort(Numbered.order(order()));
        for (Numbered numbered : sorted) {
          if (!next.row(numbered.row())) {
            break;
          }
        }
        next.end();
      }
    };
  }

  /** A row with its place, so that equal ones stay as they came. */
  private record Numbered(long number, Row row) {
    static Comparator<Numbered> order(Comparator<Row> order) {
      return Comparator.comparing(Numbered::row, order).thenComparingLong(Numbered::number);
    }
  }

  @Override
  public String show() {
    return "sort " + limit + " " + String.join(" ", keys.stream().map(Key::show).toList());
  }
}
