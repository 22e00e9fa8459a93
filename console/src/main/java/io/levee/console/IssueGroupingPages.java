package io.levee.console;

import io.levee.engine.grouping.MergeStore;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.Project;
import io.levee.event.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an issue is made of: its fingerprints, merging it with others, taking it apart. */
final class IssueGroupingPages {
  private static final String ACTOR = "console";
  private static final int MERGES_SHOWN = 50;

  private final Site site;
  private final GroupingPorts ports;

  IssueGroupingPages(Site site, GroupingPorts ports) {
    this.site = site;
    this.ports = ports;
  }

  /**
   * The page.
   *
   * @param wrong why nothing was done; empty when all is well
   */
  record IssueGroupingView(
      Shell shell,
      Project project,
      Issue issue,
      List<PartRow> parts,
      List<MergeRow> merges,
      String wrong) {
    String path(String rest) {
      return "/p/" + project.slug() + "/grouping/issue/" + issue.id() + rest;
    }
  }

  /** A part of an issue. */
  record PartRow(
      String fingerprint,
      String shown,
      String title,
      String events,
      String users,
      TimeText first,
      TimeText last,
      boolean pinned,
      int alsoFoundBy) {
    static PartRow of(MergeStore.Part part, Instant now) {
      Fingerprint print = part.fingerprints().getFirst();
      int more = part.fingerprints().size() - 1;
      return new PartRow(
          print.toString(),
          print.toString().substring(0, 10) + (more == 0 ? "" : " and " + more + " more"),
          part.title(),
          Figures.exact(part.events()),
          Figures.exact(part.users()),
          TimeText.of(part.firstSeen(), now),
          TimeText.of(part.lastSeen(), now),
          part.pinned(),
          part.alsoFoundBy());
    }
  }

  /** A merge that was made. */
  record MergeRow(TimeText at, String actor, String what, String issue, String title) {}

  /** {@code rest} begins with merge or issue. */
  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    if (rest.getFirst().equals("merge")) {
      return request.isPost()
          ? mergeSelected(request, project)
          : site.notFound(request, "Issues are merged by POST.");
    }
    if (rest.size() < 2 || rest.size() > 3 || !rest.get(1).matches("\\d{1,18}")) {
      return site.notFound(request, "There is no page at " + request.path() + ".");
    }
    IssueId id = new IssueId(Long.parseLong(rest.get(1)));
    Optional<Issue> issue = site.ports().issues().find(Site.scope(project), id);
    if (issue.isEmpty()) {
      return ports
          .merges()
          .mergedInto(Site.scope(project), id)
          .map(into -> PageResponse.seeOther(path(project, into)))
          .orElseGet(() -> site.notFound(request, "There is no issue " + id + " here."));
    }
    if (rest.size() == 2) {
      return page(request, project, issue.get(), "");
    }
    if (!request.isPost()) {
      return site.notFound(request, "There is no page at " + request.path() + ".");
    }
    return switch (rest.get(2)) {
      case "merge" -> answer(request, project, issue.get(), merge(request, project, id));
      case "unmerge" -> answer(request, project, issue.get(), unmerge(request, project, id));
      default -> site.notFound(request, "There is no page at " + request.path() + ".");
    };
  }

  private static String path(Project project, IssueId issue) {
    return "/p/" + project.slug() + "/grouping/issue/" + issue;
  }

  /** Those that were selected in the list are merged into the oldest. */
  private PageResponse mergeSelected(PageRequest request, Project project) {
    List<IssueId> ids = ids(request, "id");
    if (ids.size() < 2) {
      return site.problem(request, 400, "Nothing was merged", "Select two issues or more.");
    }
    ids.sort(Comparator.comparingLong(IssueId::value));
    IssueId into = ids.getFirst();
    MergeStore.Outcome outcome =
        ports.merges().merge(Site.scope(project), into, new HashSet<>(ids), ACTOR, site.now());
    if (!(outcome instanceof MergeStore.Done)) {
      return site.problem(request, 409, "Nothing was merged", words(outcome));
    }
    String issue = "/p/" + project.slug() + "/issues/" + into;
    return request.isHtmx()
        ? PageResponse.text(200, "merged").with("HX-Redirect", issue)
        : PageResponse.seeOther(issue);
  }

  private static List<IssueId> ids(PageRequest request, String field) {
    List<IssueId> ids = new ArrayList<>();
    for (String text : request.fields(field)) {
      for (String word : text.split("[ ,;]+", -1)) {
        if (word.matches("\\d{1,18}")) {
          ids.add(new IssueId(Long.parseLong(word)));
        }
      }
    }
    return ids;
  }

  private MergeStore.Outcome merge(PageRequest request, Project project, IssueId into) {
    Set<IssueId> others = new LinkedHashSet<>(ids(request, "with"));
    return ports.merges().merge(Site.scope(project), into, others, ACTOR, site.now());
  }

  private MergeStore.Outcome unmerge(PageRequest request, Project project, IssueId from) {
    Set<Fingerprint> prints = new LinkedHashSet<>();
    for (String text : request.fields("print")) {
      Fingerprint print = Fingerprint.parse(text);
      if (print != null) {
        prints.add(print);
      }
    }
    return ports.merges().unmerge(Site.scope(project), from, prints, ACTOR, site.now());
  }

  private PageResponse answer(
      PageRequest request, Project project, Issue issue, MergeStore.Outcome outcome) {
    return outcome instanceof MergeStore.Done
        ? PageResponse.seeOther(path(project, issue.id()))
        : page(request, project, issue, words(outcome));
  }

  private static String words(MergeStore.Outcome outcome) {
    return switch (outcome) {
      case MergeStore.Done ignored -> "";
      case MergeStore.NotFound(IssueId issue) -> "There is no issue " + issue + " in this project.";
      case MergeStore.OtherProject(IssueId issue) ->
          "Issue " + issue + " belongs to another project.";
      case MergeStore.Refused(String why) -> why;
    };
  }

  private PageResponse page(PageRequest request, Project project, Issue issue, String wrong) {
    Instant now = site.now();
    List<PartRow> parts =
        ports.merges().parts(Site.scope(project), issue.id()).stream()
            .map(part -> PartRow.of(part, now))
            .toList();
    List<MergeRow> merges =
        ports.merges().merges(Site.scope(project), issue.id(), MERGES_SHOWN).stream()
            .map(merge ->
                new MergeRow(
                    TimeText.of(merge.at(), now),
                    merge.actor(),
                    merge.merged() ? "merged" : "took out",
                    merge.other().toString(),
                    merge.title()))
            .toList();
    IssueGroupingView view =
        new IssueGroupingView(
            site.shell(request, "Issue " + issue.id() + " · Grouping", project, "issues"),
            project,
            issue,
            parts,
            merges,
            wrong);
    return PageResponse.html(
        wrong.isEmpty() ? 200 : 409, site.templates().render("issueGrouping", view));
  }
}
