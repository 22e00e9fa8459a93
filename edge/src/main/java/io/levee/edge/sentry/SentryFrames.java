package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.SharedList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads stack traces ("Stack Trace Interface"): Sentry has the outermost call first, we the most
 * recent. Pure.
 */
final class SentryFrames {
  private static final String PATH = "exceptions.frames";

  private SentryFrames() {}

  /** The frames of a {@code stacktrace} object, whose other fields stay with the caller. */
  @SuppressWarnings("unchecked") // Nobody else notes under our name.
  static List<Frame> of(List<Json> items, Marks marks) {
    if (SharedList.noted(items, SentryFrames.class) instanceof List<?> known) {
      return (List<Frame>) known;
    }
    Marks own = new Marks();
    List<Frame> frames = read(items, own);
    own.list().forEach(marks::add);
    if (!SharedList.is(items) || !own.list().isEmpty()) {
      return frames; // Each event that has it gets the marks.
    }
    List<Frame> shared = SharedList.of(frames);
    SharedList.note(items, SentryFrames.class, shared);
    return shared;
  }

  private static List<Frame> read(List<Json> items, Marks marks) {
    List<Frame> frames = new ArrayList<>(items.size());
    for (Json item : items) {
      if (item instanceof Json.Obj object) {
        frames.add(frame(new JsonFields(object, PATH, marks)));
      } else if (!(item instanceof Json.Null)) {
        marks.dropped(PATH, JsonFields.kind(item), "an object");
      }
    }
    Collections.reverse(frames);
    return frames;
  }

  private static Frame frame(JsonFields fields) {
    String filename = fields.text("filename");
    String path = fields.text("abs_path");
    String file = filename;
    if (filename != null && path == null && filename.indexOf('/') >= 0) {
      path = filename;
      file = shortName(filename);
    }
    return new Frame(
        fields.text("function"),
        fields.text("module"),
        file,
        path,
        fields.integer("lineno"),
        fields.integer("colno"),
        fields.bool("in_app"),
        fields.text("context_line"),
        lines(fields, "pre_context"),
        lines(fields, "post_context"),
        fields.object("vars"),
        fields.rest());
  }

  private static @Nullable String shortName(String path) {
    int query = path.indexOf('?');
    String bare = query < 0 ? path : path.substring(0, query);
    String name = bare.substring(bare.lastIndexOf('/') + 1);
    return name.isEmpty() ? path : name;
  }

  private static List<String> lines(JsonFields fields, String key) {
    List<Json> items = fields.array(key);
    if (items.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(items.size());
    for (Json item : items) {
      String line = item.scalarText();
      lines.add(line == null ? "" : line);
    }
    return lines;
  }
}
