package io.levee.console;

import io.levee.engine.erase.Erasure;
import io.levee.engine.erase.Erasures;
import io.levee.engine.index.EventCount;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueEvents;
import io.levee.engine.issue.IssueId;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deleting for good: an issue, or all data of one user. Asks once more before it does. */
final class ErasurePages {
  private static final int SHOWN_MAX = 100;
  private static final Duration AHEAD = Duration.ofMinutes(10);
  private static final String NUMBER = "\\d{1,18}";

  private final Site site;

  ErasurePages(Site site) {
    this.site = site;
  }

  /**
   * What was asked for.
   *
   * @param wrong what was not taken and why; empty when all is well
   * @param busy whether something is not done yet
   */
  record ErasureListView(
      Shell shell, Project project, List<ErasureRow> rows, String wrong, boolean busy) {
    String path(String rest) {
      return "/p/" + project.slug() + "/erasures" + rest;
    }
  }

  /**
   * One of them.
   *
   * @param state a word: done, requested or running
   * @param detail how many events, or why it does not go on
   * @param left files that can't be read and were left
   */
  record ErasureRow(
      String what, TimeText at, String actor, String state, String detail, List<String> left) {
    static ErasureRow of(Erasure erasure, Instant now) {
      String what =
          switch (erasure.subject()) {
            case Erasure.OfIssue(IssueId issue, var ignored) -> "Issue " + issue;
            case Erasure.OfUser(String user) ->
                user.isEmpty() ? "All data of one user" : "All data of " + user;
          };
      String trouble = erasure.trouble();
      boolean cleared = erasure.step().compareTo(Erasure.Step.CLEARED) >= 0;
      return new ErasureRow(
          what,
          TimeText.of(erasure.requested(), now),
          erasure.actor(),
          erasure.step().wireName(),
          trouble != null ? trouble : cleared ? Figures.count(erasure.events(), "event") : "",
          erasure.left());
    }
  }

  /**
   * The question.
   *
   * @param what is to go, as a title
   * @param lead more about it
   * @param events how many are kept and would go, in words
   * @param expected what must be typed to say yes
   * @param user empty for an issue
   * @param back where nothing happens
   */
  record ConfirmView(
      Shell shell,
      String action,
      String what,
      String lead,
      String events,
      String expected,
      String user,
      String back,
      String wrong) {}

  private Erasures erasures() {
    return site.ports().work().erasures();
  }

  /** Whether what follows {@code issues/} in an address is for {@link #issue}. */
  static boolean serves(List<String> rest) {
    return rest.size() == 2 && rest.get(1).equals("delete");
  }

  /** {@code issues/N/delete}. */
  PageResponse issue(PageRequest request, Project project, List<String> rest) {
    String number = rest.getFirst();
    Optional<Issue> issue =
        number.matches(NUMBER)
            ? site.ports().issues().find(Site.scope(project), new IssueId(Long.parseLong(number)))
            : Optional.empty();
    if (issue.isEmpty()) {
      return site.notFound(request, "There is no issue " + number + " in this project.");
    }
    if (!request.isPost()) {
      return ask(request, project, issue.get(), "");
    }
    if (!number.equals(request.field("confirm"))) {
      return ask(request, project, issue.get(), "Type " + number + " to say that you mean it.");
    }
    Optional<Erasure> ignored =
        erasures()
            .issue(
                Site.scope(project), issue.get().id(), asideToo(request), WorkView.YOU, site.now());
    return PageResponse.seeOther("/p/" + project.slug() + "/erasures");
  }

  private static boolean asideToo(PageRequest request) {
    return "remove".equals(request.field("aside"));
  }

  private PageResponse ask(PageRequest request, Project project, Issue issue, String wrong) {
    String path = "/p/" + project.slug() + "/issues/" + issue.id();
    ConfirmView view =
        new ConfirmView(
            site.shell(request, "Delete issue " + issue.id(), project, "issues"),
            path + "/delete",
            "Delete issue " + issue.id() + "?",
            issue.title(),
            kept(project, IssueEvents.query(issue)),
            issue.id().toString(),
            "",
            path,
            wrong);
    return PageResponse.html(wrong.isEmpty() ? 200 : 400, site.templates().render("erase", view));
  }

  private String kept(Project project, Query query) {
    EventCount count =
        site.ports()
            .index()
            .count(
                Site.scope(project), query, new TimeRange(Instant.EPOCH, site.now().plus(AHEAD)));
    return Figures.count(count.stored(), "event");
  }

  /** {@code erasures} and what follows it. */
  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    if (rest.isEmpty() && !request.isPost()) {
      return list(request, project, "", 200);
    }
    if (rest.equals(List.of("rows")) && !request.isPost()) {
      return site.templates().page("erasureRows", view(request, project, ""));
    }
    if (!rest.equals(List.of("user"))) {
      return site.notFound(request, "There is no page at " + request.path() + ".");
    }
    String user = request.isPost() ? request.field("user") : request.param("user");
    if (user == null || user.isBlank() || user.length() > Erasure.OfUser.CHARS_MAX) {
      return list(request, project, "User: 1 to " + Erasure.OfUser.CHARS_MAX + " characters.", 400);
    }
    return user(request, project, user.strip());
  }

  private PageResponse user(PageRequest request, Project project, String user) {
    if (!request.isPost()) {
      return ask(request, project, user, "");
    }
    if (!user.equals(request.field("confirm"))) {
      return ask(request, project, user, "Type the user’s name again to say that you mean it.");
    }
    Erasure ignored =
        erasures().user(project.id(), user, asideToo(request), WorkView.YOU, site.now());
    return PageResponse.seeOther("/p/" + project.slug() + "/erasures");
  }

  private PageResponse ask(PageRequest request, Project project, String user, String wrong) {
    String path = "/p/" + project.slug() + "/erasures";
    ConfirmView view =
        new ConfirmView(
            site.shell(request, "Delete all data of a user", project, "settings"),
            path + "/user",
            "Delete all data of this user?",
            user,
            kept(project, new Query.Term("user", user)),
            user,
            user,
            path,
            wrong);
    return PageResponse.html(wrong.isEmpty() ? 200 : 400, site.templates().render("erase", view));
  }

  private PageResponse list(PageRequest request, Project project, String wrong, int status) {
    return PageResponse.html(
        status, site.templates().render("erasures", view(request, project, wrong)));
  }

  private ErasureListView view(PageRequest request, Project project, @Nullable String wrong) {
    Instant now = site.now();
    List<Erasure> all = erasures().list(Site.scope(project), SHOWN_MAX);
    return new ErasureListView(
        site.shell(request, "Deleting for good", project, "settings"),
        project,
        all.stream().map(erasure -> ErasureRow.of(erasure, now)).toList(),
        wrong == null ? "" : wrong,
        all.stream().anyMatch(erasure -> erasure.step() != Erasure.Step.DONE));
  }
}
