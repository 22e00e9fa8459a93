package io.levee.local.index;

import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An index as it was before slices had dictionaries and ids of traces stood once, and events of the
 * same kinds for today's. The fixture was written by {@link #main} of the version of then.
 */
final class OlderSlices {
  static final ProjectId PROJECT = new ProjectId(7);

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String FIXTURE = "/index-format-1.zip";

  private OlderSlices() {}

  /** Writes what lies in the fixture to a directory. */
  public static void main(String[] arguments) {
    LuceneEventIndex index =
        new LuceneEventIndex(Path.of(arguments[0]), IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    List<EventRecord> events = events(1, 40, 0);
    index.apply(Deliveries.from(0, events.subList(0, 25)));
    index.flush();
    index.apply(Deliveries.from(25, events.subList(25, 40)));
    index.flush();
    index.close();
  }

  /** Unpacks the fixture. */
  static void unpack(Path directory) throws IOException {
    try (InputStream in = OlderSlices.class.getResourceAsStream(FIXTURE)) {
      if (in == null) {
        throw new IOException("no fixture " + FIXTURE);
      }
      ZipInputStream zip = new ZipInputStream(in);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path to = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.getParent());
          Files.write(to, zip.readAllBytes());
        }
      }
    }
  }

  /** Events with ids of traces and spans in every place, as clients write them and otherwise. */
  static List<EventRecord> events(long seed, int count, int daysLater) {
    Random random = new Random(seed);
    List<EventRecord> events = new ArrayList<>();
    for (Event event :
        new EventGenerator(seed, PROJECT, NOON.plusSeconds(86_400L * daysLater)).next(count)) {
      events.add(EventRecord.of(traced(event, events.size() % 10, random)));
    }
    return events;
  }

  private static Event traced(Event event, int kind, Random random) {
    String trace = EventId.random(random).toString();
    String other = EventId.random(random).toString();
    String span = trace.substring(5, 21);
    String parent = other.substring(7, 23);
    return switch (kind) {
      case 0, 1 -> traced(event, trace, Json.text(trace), span, null);
      case 2 -> traced(event, trace, Json.text(other), span, parent);
      case 3 -> traced(event, trace.toUpperCase(Locale.ROOT), Json.text(trace), span, parent);
      case 4 -> traced(event, null, Json.text(trace), span.toUpperCase(Locale.ROOT), null);
      case 5 -> traced(event, "my trace-17", Json.text("my trace-17"), "span one-2", null);
      case 6 ->
          traced(event, trace, Json.array(List.of(Json.text(trace), Json.text(other))), span, "x");
      case 7 -> traced(event, dashed(trace), Json.text(trace), span, parent);
      case 8 ->
          traced(event, trace, Json.text(""), "", null).toBuilder()
              .tags(Map.of("span", span, "trace.trace_id", other))
              .extra(
                  Json.object(
                      Map.of(
                          "trace", Json.object("trace_id", Json.text(trace)),
                          "note", Json.text("saw " + trace + " in " + span))))
              .build();
      default -> event.toBuilder().title("nothing of " + trace + " but words").build();
    };
  }

  private static String dashed(String id) {
    return id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  private static Event traced(
      Event event, @Nullable String trace, Json inContext, String span, @Nullable String parent) {
    Map<String, Json> context = new LinkedHashMap<>();
    context.put("Trace_Id", inContext);
    context.put("span_id", Json.text(span));
    if (parent != null) {
      context.put("parent_span_id", Json.text(parent));
    }
    return event.toBuilder()
        .traceId(trace)
        .contexts(Json.object("trace", Json.object(context)))
        .build();
  }
}
