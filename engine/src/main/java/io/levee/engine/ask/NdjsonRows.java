package io.levee.engine.ask;

import io.levee.engine.query.pipe.Row;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An object a line; events that no stage changed as canonical JSON. Used by one thread. */
final class NdjsonRows implements RowWriter {
  private final OutputStream out;
  private @Nullable IOException failure;

  NdjsonRows(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin() {}

  @Override
  public boolean row(Row row) {
    try {
      out.write(line(row));
      out.write('\n');
      return true;
    } catch (IOException e) {
      failure = e;
      return false;
    }
  }

  static byte[] line(Row row) {
    Event event = row.event();
    return event != null && row.isEvent() && row.assigned().isEmpty()
        ? CanonicalJson.write(event)
        : JsonText.write(AnswerText.object(row)).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void end() {}

  @Override
  public void partial(String why) throws IOException {
    String line = JsonText.write(Json.object("_partial", Json.text(why))) + "\n";
    out.write(line.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
