package io.levee.engine.grouping;

import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two events of which a person said whether they are the same problem. They stand in {@code
 * grouping/<platform>.jsonl}, a pair a line, as canonical events without what is the same in all.
 */
record LabelledPair(String platform, String name, boolean same, Event one, Event other) {
  static final List<String> PLATFORMS =
      List.of("java", "javascript", "node", "python", "ruby", "php", "dotnet", "go", "native");

  static List<LabelledPair> all() {
    List<LabelledPair> pairs = new ArrayList<>();
    for (String platform : PLATFORMS) {
      text(platform).lines().map(line -> pair(platform, line)).forEach(pairs::add);
    }
    return pairs;
  }

  private static String text(String platform) {
    String name = "/grouping/" + platform + ".jsonl";
    try (InputStream in = LabelledPair.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabelledPair pair(String platform, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    JsonText.Parsed parsed = new JsonText(JsonLimits.DEFAULT).parse(bytes, 0, bytes.length);
    if (!(parsed instanceof JsonText.Value(Json.Obj pair))) {
      throw new IllegalStateException(platform + ": " + line);
    }
    String expect = String.valueOf(pair.text("expect"));
    if (!expect.equals("same") && !expect.equals("different")) {
      throw new IllegalStateException(expect + " (expected: same or different)");
    }
    return new LabelledPair(
        platform,
        String.valueOf(pair.text("name")),
        expect.equals("same"),
        event(pair.object("a")),
        event(pair.object("b")));
  }

  private static Event event(Json.Obj given) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.text("00000000000000010000000000000002"));
    fields.put("project", Json.text("1"));
    fields.put("kind", Json.text("error"));
    fields.put("level", Json.text("error"));
    fields.put("time", Json.text("2026-11-22T10:00:00Z"));
    fields.put("received", Json.text("2026-11-22T10:00:01Z"));
    fields.put("title", Json.text("(untitled)"));
    fields.putAll(given.fields());
    return CanonicalJson.of(Json.object(fields));
  }
}
