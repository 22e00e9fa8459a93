package io.levee.console;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.pipeline.DeadLetterOffice;
import io.levee.engine.pipeline.Replayed;
import io.levee.engine.registry.Project;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events that a subscriber could not deal with: looked at, delivered again, thrown away. */
final class LetterPages {
  private static final int LETTERS_MAX = 100;

  private final Site site;
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  LetterPages(Site site) {
    this.site = site;
  }

  /**
   * The dead letters of a group.
   *
   * @param notice what became of the last action; empty when there was none
   * @param room how full the group is, in words
   * @param older link to the next page; null on the last
   */
  record LettersView(
      Shell shell,
      String group,
      List<LetterRow> letters,
      String notice,
      String room,
      @Nullable String older) {}

  /** One letter with everything. */
  record LetterView(
      Shell shell, String group, LetterRow letter, String stack, String json, String notice) {}

  /**
   * One dead letter.
   *
   * @param event link to the event; null when its project is gone
   */
  record LetterRow(
      String id,
      TimeText time,
      String title,
      String cause,
      String attempts,
      String position,
      String project,
      @Nullable String event,
      String bytes) {}

  private DeadLetterOffice office() {
    return site.ports().deadLetters();
  }

  PageResponse handle(PageRequest request, String group, List<String> rest) {
    if (!office().groups().contains(group) || rest.size() > 1) {
      return site.notFound(request, "There is no such subscriber.");
    }
    if (rest.isEmpty()) {
      return list(request, group);
    }
    String what = rest.getFirst();
    if (request.isPost()) {
      return act(request, group, what);
    }
    Optional<DeadLetter> letter =
        what.matches("\\d{1,18}") ? office().find(Long.parseLong(what)) : Optional.empty();
    return letter.isPresent() && letter.get().group().equals(group)
        ? one(request, letter.get())
        : site.notFound(request, "There is no such dead letter; it may be gone by now.");
  }

  private PageResponse list(PageRequest request, String group) {
    String before = request.param("before");
    long from =
        before != null && before.matches("\\d{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
    DeadLetterOffice.Page page = office().list(group, from, LETTERS_MAX);
    Instant now = site.now();
    Long next = page.next();
    String older = next == null ? null : "/pipeline/" + group + "?before=" + next;
    LettersView view =
        new LettersView(
            site.shell(request, "Dead letters of " + group, null, "pipeline"),
            group,
            page.letters().stream().map(letter -> row(letter, now)).toList(),
            notice(request),
            room(group),
            older);
    return site.templates().page("letters", view);
  }

  private String room(String group) {
    DeadLetters.Tally tally = office().tallies().getOrDefault(group, DeadLetters.Tally.NOTHING);
    DeadLetters.Limits limits = office().limits();
    return Figures.exact(tally.letters())
        + " of "
        + Figures.exact(limits.lettersMax())
        + ", "
        + Figures.bytes(tally.bytes())
        + " of "
        + Figures.bytes(limits.bytesMax());
  }

  private PageResponse one(PageRequest request, DeadLetter letter) {
    LetterView view =
        new LetterView(
            site.shell(request, "Dead letter " + letter.id(), null, "pipeline"),
            letter.group(),
            row(letter, site.now()),
            letter.failure().stack(),
            json(letter),
            notice(request));
    return site.templates().page("letter", view);
  }

  private String json(DeadLetter letter) {
    byte[] body = letter.record().body();
    return parser.parse(body) instanceof JsonText.Value(var json)
        ? JsonLines.pretty(json)
        : new String(body, StandardCharsets.UTF_8);
  }

  private LetterRow row(DeadLetter letter, Instant now) {
    var header = letter.record().header();
    Optional<Project> project = site.ports().registry().project(header.project());
    return new LetterRow(
        Long.toString(letter.id()),
        TimeText.of(letter.failure().time(), now),
        title(letter),
        letter.failure().cause(),
        Integer.toString(letter.failure().attempts()),
        letter.partition() + ":" + letter.offset(),
        project.map(Project::name).orElse("project " + header.project()),
        project.map(p -> "/p/" + p.slug() + "/events/" + header.id()).orElse(null),
        Figures.bytes(letter.record().body().length));
  }

  /** The letter may be here just because its body can't be read. */
  private static String title(DeadLetter letter) {
    try {
      return letter.record().event().title();
    } catch (IllegalArgumentException e) {
      String body = new String(letter.record().body(), StandardCharsets.UTF_8);
      return body.substring(0, Math.min(80, body.length()));
    }
  }

  private PageResponse act(PageRequest request, String group, String what) {
    String field = request.field("id");
    boolean all = "all".equals(field);
    if (!all && (field == null || !field.matches("\\d{1,18}"))) {
      return PageResponse.text(400, "id: (expected: the number of a letter, or all)");
    }
    long id = all ? 0 : Long.parseLong(field);
    return switch (what) {
      case "discard" -> {
        int discarded = all ? office().discardAll(group) : office().discard(id) ? 1 : 0;
        yield back(group, discarded + " discarded");
      }
      case "replay" -> back(group, replay(group, all, id));
      default -> site.notFound(request, "There is no page at " + request.path() + ".");
    };
  }

  private String replay(String group, boolean all, long id) {
    try {
      Replayed replayed = all ? office().replayAll(group) : office().replay(id);
      if (replayed == null) {
        return "it is gone already";
      }
      String error = replayed.error();
      return replayed.done()
          + " delivered again"
          + (error == null ? "" : ", " + replayed.failed() + " failed: " + error);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the server is stopping";
    }
  }

  private static PageResponse back(String group, String notice) {
    String words = notice.substring(0, Math.min(300, notice.length()));
    return PageResponse.seeOther(
        "/pipeline/" + group + "?did=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
  }

  private static String notice(PageRequest request) {
    String notice = request.param("did");
    return notice == null ? "" : notice;
  }
}
