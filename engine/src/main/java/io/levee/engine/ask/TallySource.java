package io.levee.engine.ask;

import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Row;
import io.levee.engine.query.pipe.RowSource;
import io.levee.engine.query.pipe.TimeParts;
import io.levee.event.Event;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a group that the index counted. */
@SuppressWarnings("ArrayRecordComponent") // Millions of these; nobody compares or changes them.
record TallySource(TallyRows rows, @Nullable Instant time, @Nullable String[] values)
    implements RowSource {
  @Override
  public Value get(String field) {
    if (time != null && field.equals(Row.TIME)) {
      return Value.number((double) time.getEpochSecond());
    }
    if (time != null && field.startsWith("date_")) {
      return TimeParts.part(field, time, setting().zone());
    }
    int place = rows.place(field);
    String value = place < 0 ? null : values[place];
    if (value == null) {
      return Value.nothing();
    }
    return rows.numeric(place) ? numeric(value) : Value.text(value);
  }

  private static Value numeric(String value) {
    return Value.number(Value.text(value).asNumber());
  }

  private Setting setting() {
    return rows.setting();
  }

  @Override
  public Set<String> names() {
    return rows.names();
  }

  @Override
  public @Nullable Event event() {
    return null;
  }
}
