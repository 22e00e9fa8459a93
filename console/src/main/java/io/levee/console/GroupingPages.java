package io.levee.console;

import io.levee.engine.grouping.GroupingInForce;
import io.levee.engine.grouping.GroupingRules;
import io.levee.engine.grouping.Regrouping;
import io.levee.engine.grouping.RuleError;
import io.levee.engine.grouping.RuleSet;
import io.levee.engine.grouping.RuleText;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A project's grouping rules, with a preview of what they would change. */
final class GroupingPages {
  private static final String ACTOR = "console";
  private static final int PREVIEW_DAYS = 7;
  private static final int PREVIEW_EVENTS_MAX = 10_000;
  private static final int MOVES_SHOWN = 50;
  private static final int VERSIONS_SHOWN = 20;

  private final Site site;
  private final GroupingPorts ports;
  private final IssueGroupingPages issues;
  private final EventGroupingPages events;

  GroupingPages(Site site, GroupingPorts ports) {
    this.site = site;
    this.ports = ports;
    this.issues = new IssueGroupingPages(site, ports);
    this.events = new EventGroupingPages(site, ports);
  }

  /**
   * The page.
   *
   * @param text what stands in the editor
   * @param version that it was made of
   * @param outlook what it would change; null when nobody asked
   * @param wrong why nothing was saved; empty when all is well
   */
  record GroupingView(
      Shell shell,
      Project project,
      String text,
      int version,
      List<RuleError> errors,
      Regrouping.@Nullable Outlook outlook,
      List<RuleSet> history,
      String wrong,
      boolean saved,
      @Nullable Instant oldUntil) {
    String path(String rest) {
      return "/p/" + project.slug() + rest;
    }

    List<Regrouping.Move> moves() {
      return outlook == null ? List.of() : outlook.moves().stream().limit(MOVES_SHOWN).toList();
    }

    String looked() {
      return outlook == null
          ? ""
          : Figures.count(outlook.events(), "error")
              + (outlook.complete() ? " of the last " : ", the newest of the last ")
              + PREVIEW_DAYS
              + " days; rules decide about "
              + Figures.exact(outlook.ruled())
              + ".";
    }
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    String what = rest.isEmpty() ? "" : rest.getFirst();
    return switch (what) {
      case "" -> rules(request, project);
      case "merge", "issue" -> issues.handle(request, project, rest);
      case "event" -> events.handle(request, project, rest);
      default -> site.notFound(request, "There is no page at " + request.path() + ".");
    };
  }

  private PageResponse rules(PageRequest request, Project project) {
    RuleSet current = ports.grouping().ruleSet(project.id());
    if (!request.isPost()) {
      return page(request, project, current.text(), current.version(), List.of(), null, "");
    }
    String sent = request.fields("rules").stream().findFirst().orElse("");
    String version = String.valueOf(request.field("version"));
    int madeOf = version.matches("\\d{1,9}") ? Integer.parseInt(version) : -1;
    return "save".equals(request.field("do"))
        ? save(request, project, sent, madeOf)
        : preview(request, project, sent, madeOf);
  }

  private PageResponse save(PageRequest request, Project project, String sent, int madeOf) {
    return switch (ports.grouping().save(project.id(), madeOf, sent, ACTOR)) {
      case GroupingInForce.InForce ignored ->
          PageResponse.seeOther("/p/" + project.slug() + "/grouping?saved=1");
      case GroupingInForce.Refused(List<RuleError> errors) ->
          page(request, project, sent, madeOf, errors, null, "The rules don’t compile.");
      case GroupingInForce.Stale(RuleSet now) ->
          page(
              request,
              project,
              sent,
              now.version(),
              List.of(),
              null,
              now.actor()
                  + " saved version "
                  + now.version()
                  + " meanwhile; it stands below. Save again to replace it with yours.");
    };
  }

  private PageResponse preview(PageRequest request, Project project, String sent, int madeOf) {
    return switch (RuleText.compile(sent)) {
      case RuleText.Errors(List<RuleError> errors) ->
          page(request, project, sent, madeOf, errors, null, "The rules don’t compile.");
      case RuleText.Rules(GroupingRules rules) -> {
        Instant now = site.now();
        TimeRange range =
            new TimeRange(now.minus(Duration.ofDays(PREVIEW_DAYS)), now.plusSeconds(600));
        Regrouping.Outlook outlook =
            ports.regrouping().outlook(project.id(), rules, range, PREVIEW_EVENTS_MAX);
        yield page(request, project, sent, madeOf, List.of(), outlook, "");
      }
    };
  }

  private PageResponse page(
      PageRequest request,
      Project project,
      String text,
      int version,
      List<RuleError> errors,
      Regrouping.@Nullable Outlook outlook,
      String wrong) {
    Instant until = ports.grouping().versionOneUntil();
    GroupingView view =
        new GroupingView(
            site.shell(request, "Grouping · " + project.name(), project, "settings"),
            project,
            text,
            version,
            errors,
            outlook,
            ports.grouping().history(project.id(), VERSIONS_SHOWN),
            wrong,
            request.param("saved") != null,
            until.isAfter(site.now()) ? until : null);
    return PageResponse.html(
        wrong.isEmpty() ? 200 : 400, site.templates().render("grouping", view));
  }
}
