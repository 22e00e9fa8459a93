package io.levee.engine.ask;

import io.levee.engine.query.pipe.Row;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One array, an object a line in it. Used by one thread. */
final class JsonRows implements RowWriter {
  private final OutputStream out;
  private boolean any;
  private @Nullable IOException failure;

  JsonRows(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin() throws IOException {
    out.write('[');
  }

  @Override
  public boolean row(Row row) {
    try {
      item(NdjsonRows.line(row));
      return true;
    } catch (IOException e) {
      failure = e;
      return false;
    }
  }

  private void item(byte[] json) throws IOException {
    out.write((any ? ",\n" : "\n").getBytes(StandardCharsets.UTF_8));
    out.write(json);
    any = true;
  }

  @Override
  public void end() throws IOException {
    out.write("\n]\n".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void partial(String why) throws IOException {
    item(JsonText.write(Json.object("_partial", Json.text(why))).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
