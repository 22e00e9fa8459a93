package io.levee.local.archive;

import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Id, project and day of an event from the first bytes of its canonical JSON, which always begins
 * with them. What begins otherwise is parsed whole.
 */
record EventPrefix(ProjectDay key, EventId id) {
  private static final int PREFIX_BYTES = 160;

  /** Our own writing of bounded length, so the platform's patterns are safe here. */
  private static final Pattern PREFIX =
      Pattern.compile(
          "\\{\"id\":\"([0-9a-f]{32})\",\"project\":([0-9]{1,18}),\"kind\":\"[a-z_]+\","
              + "\"time\":\"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]+Z\".*",
          Pattern.DOTALL);

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException when it is no canonical event
   */
  static EventPrefix of(byte[] json) {
    String text =
        new String(json, 0, Math.min(PREFIX_BYTES, json.length), StandardCharsets.ISO_8859_1);
    Matcher matcher = PREFIX.matcher(text);
    if (matcher.matches()) {
      EventId id = EventId.parse(matcher.group(1));
      ProjectId project = ProjectId.parse(matcher.group(2));
      if (id != null && project != null) {
        return new EventPrefix(new ProjectDay(project, LocalDate.parse(matcher.group(3))), id);
      }
    }
    Event event = CanonicalJson.read(json);
    LocalDate day = LocalDate.ofInstant(event.time(), ZoneOffset.UTC);
    return new EventPrefix(new ProjectDay(event.project(), day), event.id());
  }
}
