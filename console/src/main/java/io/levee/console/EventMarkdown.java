package io.levee.console;

import io.levee.engine.issue.Issue;
import io.levee.event.Breadcrumb;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as Markdown, to be pasted into a ticket or before an AI assistant: what happened, where
 * and in which release, the application's own frames, the trail before. It leaves the house, so it
 * holds no more than that: no headers, cookies, bodies, query strings, variables, and nothing of
 * the user.
 */
final class EventMarkdown {
  private static final int CRUMBS_MAX = 15;
  private static final int FRAMES_MAX = 40;
  private static final int VALUE_CHARS_MAX = 2_000;

  private final StringBuilder out = new StringBuilder();

  private EventMarkdown() {}

  static PageResponse response(Event event, @Nullable Issue issue, String link) {
    return new PageResponse(
        200,
        "text/markdown; charset=utf-8",
        Map.of(),
        of(event, issue, link).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes it.
   *
   * @param issue null when it belongs to none
   * @param link where the reader can see the rest
   */
  static String of(Event event, @Nullable Issue issue, String link) {
    EventMarkdown markdown = new EventMarkdown();
    markdown.head(event, issue, link);
    markdown.stack(event.exceptions());
    markdown.source(event.exceptions());
    markdown.crumbs(event.breadcrumbs());
    return markdown.out.toString();
  }

  private void head(Event event, @Nullable Issue issue, String link) {
    out.append("# ").append(oneLine(event.title())).append("\n\n");
    fact("Level", event.level().wireName());
    fact("Release", event.release());
    fact("Environment", event.environment());
    fact("Platform", event.platform());
    fact("Happened", event.time().toString());
    fact("Request", request(event));
    fact("Culprit", event.culprit());
    if (issue != null) {
      fact(
          "Seen",
          Figures.count(issue.events(), "event")
              + " and "
              + Figures.count(issue.users(), "user")
              + " from "
              + issue.firstSeen()
              + " to "
              + issue.lastSeen());
    }
    event.tags().forEach((key, value) -> fact("Tag " + key, value));
    out.append("- Link: <").append(link.replace(">", "%3E")).append(">\n");
    if (event.message() != null && !event.title().contains(event.message())) {
      block("Message", event.message());
    }
  }

  private static String request(Event event) {
    String url = Objects.requireNonNullElse(event.request().url(), "");
    int end = url.indexOf('?');
    String method = Objects.requireNonNullElse(event.request().method(), "");
    return (method + " " + (end < 0 ? url : url.substring(0, end))).strip();
  }

  private void fact(String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      String text = oneLine(value);
      String ticks = "`".repeat(longestRunOfTicks(text) + 1);
      String gap = ticks.length() > 1 ? " " : "";
      out.append("- ").append(oneLine(name)).append(": ");
      out.append(ticks).append(gap).append(text).append(gap).append(ticks).append('\n');
    }
  }

  private void stack(List<ExceptionInfo> exceptions) {
    StringBuilder text = new StringBuilder();
    String role = "";
    for (ExceptionInfo exception : exceptions) {
      text.append(role).append(Objects.requireNonNullElse(exception.type(), "Stack"));
      text.append(exception.value() == null ? "" : ": " + cut(exception.value())).append('\n');
      frames(text, exception.frames());
      role = "Caused by: ";
    }
    if (!text.isEmpty()) {
      block("Stack trace (the application's own frames are marked with *)", text.toString());
    }
  }

  /** Runs of libraries' frames in a line each; all frames when none is the application's own. */
  private static void frames(StringBuilder text, List<Frame> frames) {
    boolean anyOwn = frames.stream().anyMatch(Frame::isInApp);
    int written = 0;
    int foreign = 0;
    for (Frame frame : frames) {
      if (anyOwn && !frame.isInApp()) {
        foreign++;
        continue;
      }
      if (written++ == FRAMES_MAX) {
        text.append("    … more frames\n");
        return;
      }
      skipped(text, foreign);
      foreign = 0;
      text.append(frame.isInApp() ? "  * " : "    ").append(call(frame)).append('\n');
    }
    skipped(text, foreign);
  }

  private static void skipped(StringBuilder text, int frames) {
    if (frames > 0) {
      text.append("    … ").append(Figures.count(frames, "frame")).append(" of libraries\n");
    }
  }

  private static String call(Frame frame) {
    String module = frame.module() == null ? "" : frame.module() + ".";
    String function = Objects.requireNonNullElse(frame.function(), "(anonymous)");
    return module + function + " (" + FrameView.place(frame) + ")";
  }

  /** The lines around the application's own call that is nearest to the failure. */
  private void source(List<ExceptionInfo> exceptions) {
    exceptions.reversed().stream()
        .flatMap(exception -> exception.frames().stream())
        .filter(frame -> frame.isInApp() && frame.contextLine() != null)
        .findFirst()
        .ifPresent(frame -> {
          StringBuilder text = new StringBuilder();
          frame.preContext().forEach(line -> text.append("  ").append(line).append('\n'));
          text.append("> ").append(frame.contextLine()).append('\n');
          frame.postContext().forEach(line -> text.append("  ").append(line).append('\n'));
          block("Source at " + oneLine(FrameView.place(frame)), text.toString());
        });
  }

  private void crumbs(List<Breadcrumb> crumbs) {
    if (crumbs.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Breadcrumb crumb :
        crumbs.subList(Math.max(0, crumbs.size() - CRUMBS_MAX), crumbs.size())) {
      text.append(crumb.time() == null ? "" : crumb.time() + " ");
      text.append(Objects.requireNonNullElse(crumb.category(), "")).append(' ');
      text.append(oneLine(Objects.requireNonNullElse(crumb.message(), ""))).append('\n');
    }
    block("Breadcrumbs, the latest last", text.toString());
  }

  /** A fence longer than any within, so that no text can end it. */
  private void block(String title, String text) {
    String fence = "`".repeat(Math.max(3, longestRunOfTicks(text) + 1));
    out.append("\n## ").append(title).append("\n\n").append(fence).append('\n');
    out.append(text.stripTrailing()).append('\n').append(fence).append('\n');
  }

  private static int longestRunOfTicks(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static String oneLine(String text) {
    return cut(text.replaceAll("\\s+", " ").strip());
  }

  private static String cut(String text) {
    return text.length() <= VALUE_CHARS_MAX ? text : text.substring(0, VALUE_CHARS_MAX) + " …";
  }
}
