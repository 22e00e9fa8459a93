package io.levee.edge.api;

import io.levee.engine.ask.Plan;
import io.levee.engine.query.pipe.Row;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object a line; events that no stage changed as canonical JSON. Used by one thread. */
final class NdjsonRows implements RowWriter {
  private final OutputStream out;
  private @Nullable IOException failure;

  NdjsonRows(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin(Plan plan) {}

  @Override
  public boolean row(Row row) {
    try {
      Event event = row.event();
      byte[] line =
          event != null && row.isEvent() && row.assigned().isEmpty()
              ? CanonicalJson.write(event)
              : JsonText.write(object(row)).getBytes(StandardCharsets.UTF_8);
      out.write(line);
      out.write('\n');
      return true;
    } catch (IOException e) {
      failure = e;
      return false;
    }
  }

  private static Json.Obj object(Row row) {
    Map<String, Json> fields = new LinkedHashMap<>();
    row.names().forEach(name -> fields.put(name, AnswerJson.value(row.get(name))));
    return new Json.Obj(fields);
  }

  @Override
  public void end(List<String> partial) throws IOException {
    for (String why : partial) {
      failed(why);
    }
  }

  @Override
  public void failed(String why) throws IOException {
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
