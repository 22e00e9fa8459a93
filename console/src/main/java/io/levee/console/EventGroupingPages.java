package io.levee.console;

import io.levee.engine.grouping.EventComparison;
import io.levee.engine.grouping.ExceptionReading;
import io.levee.engine.grouping.FrameReading;
import io.levee.engine.grouping.Grouped;
import io.levee.engine.grouping.Variant;
import io.levee.engine.registry.Project;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why an event is in its issue, and why another is or is not. */
final class EventGroupingPages {
  private final Site site;
  private final GroupingPorts ports;

  EventGroupingPages(Site site, GroupingPorts ports) {
    this.site = site;
    this.ports = ports;
  }

  /**
   * The page.
   *
   * @param moved the event would get another fingerprint if it came in now
   * @param with the event that it is compared with; empty when nobody asked
   */
  record EventGroupingView(
      Shell shell,
      Project project,
      String id,
      String title,
      @Nullable String rule,
      boolean moved,
      List<Variant> variants,
      List<FrameRow> frames,
      String with,
      @Nullable EventComparison comparison) {
    /** What a variant looks at, for people. */
    String words(String variant) {
      return switch (variant) {
        case "app" -> "The application’s own frames";
        case "all" -> "All frames";
        default -> variant;
      };
    }

    String path(String rest) {
      return "/p/" + project.slug() + rest;
    }
  }

  /**
   * A frame, or the type of an exception above its frames.
   *
   * @param counts as what it counts; null when it doesn't
   */
  record FrameRow(
      boolean head,
      String what,
      boolean app,
      String because,
      @Nullable String counts,
      String why) {}

  /** {@code rest} is event and its id. */
  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    Event event = rest.size() == 2 ? find(project, rest.get(1)) : null;
    if (event == null) {
      return site.notFound(request, "There is no such event, or it is no longer kept.");
    }
    Grouped grouped = ports.grouping().group(event);
    String with = request.param("with");
    Event other = with == null ? null : find(project, with);
    if (with != null && other == null) {
      return site.notFound(request, "There is no event “" + with + "”, or it is no longer kept.");
    }
    EventComparison comparison =
        other == null ? null : EventComparison.of(grouped, ports.grouping().group(other));
    EventGroupingView view =
        new EventGroupingView(
            site.shell(request, "Why is it here? · " + project.name(), project, "issues"),
            project,
            event.id().toString(),
            event.title(),
            grouped.rule(),
            !grouped.primary().equals(event.fingerprint()),
            grouped.variants(),
            frames(grouped),
            other == null ? "" : other.id().toString(),
            comparison);
    return site.templates().page("eventGrouping", view);
  }

  private @Nullable Event find(Project project, String text) {
    EventId id = EventId.parse(text);
    return id == null
        ? null
        : site.ports()
            .index()
            .find(Site.scope(project), id)
            .map(stored -> stored.event())
            .orElse(null);
  }

  private static List<FrameRow> frames(Grouped grouped) {
    List<FrameRow> rows = new ArrayList<>();
    for (ExceptionReading exception : grouped.exceptions()) {
      String passedOver = exception.passedOver();
      String type = exception.exception().type();
      rows.add(
          new FrameRow(
              true,
              type == null ? "(no type)" : type,
              true,
              "",
              passedOver == null ? exception.type() : null,
              passedOver == null ? "" : passedOver));
      for (FrameReading frame : exception.frames()) {
        String why = frame.passedOver();
        rows.add(
            new FrameRow(
                false,
                words(frame.frame()),
                frame.app(),
                frame.appBecause(),
                frame.words(),
                why == null ? "" : why));
      }
    }
    return rows;
  }

  private static String words(Frame frame) {
    String place = frame.module() != null ? frame.module() : frame.file();
    place = place == null ? frame.path() : place;
    String function = frame.function() == null ? "?" : frame.function();
    return (place == null ? "" : place + " ") + function;
  }
}
