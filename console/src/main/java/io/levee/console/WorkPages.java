package io.levee.console;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.release.Release;
import io.levee.engine.release.ReleaseStore;
import io.levee.engine.work.Badge;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.ChangeWords;
import io.levee.engine.work.Comment;
import io.levee.engine.work.CommentOutcome;
import io.levee.engine.work.Entry;
import io.levee.engine.work.IssueWork;
import io.levee.engine.work.Target;
import io.levee.engine.work.UndoOutcome;
import io.levee.engine.work.WorkStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people do about issues: changes, comments, bookmarks, taking back. */
final class WorkPages {
  private static final int ENTRIES_MAX = 100;
  private static final int SIMILAR_MAX = 5;
  private static final Set<String> ACTIONS = Set.of("change", "comments", "bookmark");

  private final Site site;

  WorkPages(Site site) {
    this.site = site;
  }

  /** Whether what follows {@code issues/} in an address is for these pages. */
  static boolean serves(List<String> rest) {
    return (rest.size() == 1 && rest.getFirst().equals("undo"))
        || (rest.size() >= 2 && ACTIONS.contains(rest.get(1)));
  }

  private WorkStore store() {
    return site.ports().work().store();
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    if (!request.isPost()) {
      return site.notFound(request, "Changes are made by POST.");
    }
    if (rest.size() == 1) {
      return undo(request, project);
    }
    String number = rest.getFirst();
    ProjectScope scope = Site.scope(project);
    boolean exists =
        number.matches("\\d{1,18}")
            && site.ports().issues().find(scope, new IssueId(Long.parseLong(number))).isPresent();
    if (!exists) {
      return site.notFound(request, "There is no issue " + number + " in this project.");
    }
    IssueId issue = new IssueId(Long.parseLong(number));
    String back = "/p/" + project.slug() + "/issues/" + issue;
    return switch (rest.get(1)) {
      case "change" -> change(request, scope, issue, back);
      case "bookmark" -> {
        boolean on = "on".equals(request.field("bookmark"));
        store().bookmark(scope, issue, on, WorkView.YOU, site.now());
        yield PageResponse.seeOther(back);
      }
      default -> comment(request, scope, issue, back, rest.subList(2, rest.size()));
    };
  }

  private PageResponse change(PageRequest request, ProjectScope scope, IssueId issue, String back) {
    Change wanted;
    try {
      wanted = ChangeWords.read(name -> word(request, name));
    } catch (IllegalArgumentException e) {
      return site.problem(request, 400, "That can’t be done", String.valueOf(e.getMessage()));
    }
    return change(request, scope, issue, wanted, back);
  }

  /** Changes an issue that somebody saw in the version that the address names. */
  PageResponse change(
      PageRequest request, ProjectScope scope, IssueId issue, Change wanted, String back) {
    String seen = request.param("version");
    long version =
        seen != null && seen.matches("\\d{1,18}") ? Long.parseLong(seen) : Target.ANY_VERSION;
    ChangeOutcome outcome =
        store()
            .change(
                scope, new Target.Named(Map.of(issue, version)), wanted, WorkView.YOU, site.now());
    return switch (outcome) {
      case ChangeOutcome.Changed(int ignored, String undo, var until) ->
          PageResponse.seeOther(Params.of(back).with("undo", undo).href());
      case ChangeOutcome.Stale stale ->
          site.problem(
              request,
              409,
              "Somebody was faster",
              staleWords(stale) + " Look at it again: " + back);
      case ChangeOutcome.UnknownRelease(String release) ->
          site.problem(
              request,
              404,
              "Unknown release",
              "Nothing was changed: the project has no release “" + release + "”.");
      case ChangeOutcome.TooMany ignored ->
          site.problem(request, 400, "Too many", "Nothing was changed.");
    };
  }

  /**
   * What a form says, in the words of the API: a kind and an amount are its way to say how long.
   */
  private @Nullable String word(PageRequest request, String name) {
    String kind = request.field("kind");
    String amount = request.field("amount");
    if (kind == null || amount == null) {
      return request.field(name);
    }
    return switch (name) {
      case "until" -> kind.equals("hours") ? after(amount) : null;
      case "events" -> kind.equals("events") || kind.equals("rate") ? amount : null;
      case "hours" -> kind.equals("rate") ? "1" : null;
      case "users" -> kind.equals("users") ? amount : null;
      default -> request.field(name);
    };
  }

  private String after(String hours) {
    if (!hours.matches("\\d{1,5}")) {
      throw new IllegalArgumentException("hours: " + hours + " (expected: 1..99999)");
    }
    return site.now().plus(Duration.ofHours(Long.parseLong(hours))).toString();
  }

  /** Who did what meanwhile. */
  static String staleWords(ChangeOutcome.Stale stale) {
    String who =
        stale.conflicts().stream()
            .flatMap(conflict -> conflict.since().stream().limit(3))
            .limit(5)
            .map(entry -> entry.actor() + ": " + WorkView.words(entry))
            .collect(Collectors.joining("; "));
    return "Nothing was changed: "
        + (stale.issues() == 1 ? "the issue is" : Figures.count(stale.issues(), "issue") + " are")
        + " no longer as you saw "
        + (stale.issues() == 1 ? "it" : "them")
        + " ("
        + who
        + ").";
  }

  private PageResponse comment(
      PageRequest request, ProjectScope scope, IssueId issue, String back, List<String> rest) {
    String text = request.field("text");
    CommentOutcome outcome;
    try {
      if (rest.isEmpty()) {
        String written = text == null ? "" : text;
        outcome = store().comment(scope, issue, written, WorkView.YOU, site.now());
      } else {
        outcome = edit(request, scope, issue, rest, text);
      }
    } catch (IllegalArgumentException e) {
      return site.problem(request, 400, "That can’t be done", String.valueOf(e.getMessage()));
    }
    return switch (outcome) {
      case CommentOutcome.Written ignored -> PageResponse.seeOther(back + "#activity");
      case CommentOutcome.Removed ignored -> PageResponse.seeOther(back + "#activity");
      case CommentOutcome.Stale(Comment now) ->
          site.problem(
              request,
              409,
              "The comment was edited meanwhile",
              "Nothing was changed. It reads now: " + now.text());
      case CommentOutcome.NotTheirs(Comment now) ->
          site.problem(request, 403, "Not yours", "Only " + now.actor() + " may change it.");
      case CommentOutcome.Unknown ignored -> site.notFound(request, "There is no such comment.");
      case CommentOutcome.TooMany ignored ->
          site.problem(request, 400, "Too many", "The issue has as many comments as it may have.");
    };
  }

  private CommentOutcome edit(
      PageRequest request,
      ProjectScope scope,
      IssueId issue,
      List<String> rest,
      @Nullable String text) {
    String version = String.valueOf(request.field("version"));
    boolean removes = rest.size() == 2 && rest.get(1).equals("remove");
    if (!rest.getFirst().matches("\\d{1,18}")
        || !version.matches("\\d{1,18}")
        || rest.size() > 2
        || (rest.size() == 2 && !removes)) {
      return new CommentOutcome.Unknown();
    }
    return store()
        .edit(
            scope,
            issue,
            Long.parseLong(rest.getFirst()),
            Long.parseLong(version),
            removes ? null : text == null ? "" : text,
            WorkView.YOU,
            site.now());
  }

  private PageResponse undo(PageRequest request, Project project) {
    String token = String.valueOf(request.field("token"));
    String list = "/p/" + project.slug() + "/issues";
    String asked = request.field("back");
    String back = asked != null && isOurs(asked, list) ? asked : list;
    return switch (store().undo(Site.scope(project), token, WorkView.YOU, site.now())) {
      case UndoOutcome.Undone(int restored, int kept, List<IssueId> ignored) ->
          kept == 0
              ? PageResponse.seeOther(back)
              : request.isHtmx()
                  ? PageResponse.seeOther(
                      back + (back.indexOf('?') < 0 ? "?" : "&") + "kept=" + kept)
                  : site.problem(
                      request,
                      200,
                      "Taken back, but not everywhere",
                      Figures.count(restored, "issue")
                          + " as before; "
                          + Figures.count(kept, "issue")
                          + " left alone, because somebody or an event changed them since.");
      case UndoOutcome.Already ignored -> PageResponse.seeOther(back);
      case UndoOutcome.Unknown ignored ->
          site.problem(
              request,
              404,
              "Too late",
              "A change can be taken back for " + WorkStore.UNDO_KEPT.toHours() + " hours.");
    };
  }

  private static boolean isOurs(String address, String list) {
    return address.startsWith(list) && address.indexOf('\n') < 0 && address.indexOf('\r') < 0;
  }

  /** What the page of an issue shows of all that. */
  WorkView view(PageRequest request, Project project, Issue issue) {
    ProjectScope scope = Site.scope(project);
    Instant now = site.now();
    IssueWork work =
        store()
            .of(scope, Set.of(issue.id()), WorkView.YOU, now)
            .getOrDefault(issue.id(), IssueWork.untouched(issue.id()));
    List<Entry> entries = store().activity(scope, issue.id(), null, ENTRIES_MAX);
    ReleaseStore releases = site.ports().work().releases();
    String base = "/p/" + project.slug();
    String path = base + "/issues/" + issue.id();
    return new WorkView(
        path,
        base + "/releases",
        issue.status(),
        work,
        List.copyOf(Badge.of(issue, work, now)),
        WorkView.timeline(entries, store().comments(scope, issue.id()), now),
        releases.ofIssue(scope, issue.id()),
        releases.releases(scope, 1).stream().findFirst().map(Release::name).orElse(null),
        releases
            .suspect(scope, issue.id())
            .map(found -> WorkView.SuspectView.of(found, issue))
            .orElse(null),
        store().similar(scope, issue.id(), SIMILAR_MAX),
        request.param("undo"),
        site.ports().publicUrl().get() + path);
  }
}
