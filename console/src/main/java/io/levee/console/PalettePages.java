package io.levee.console;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the command palette offers for some words: saved questions, pages, projects, issues by
 * number or by words, and the search itself. Recent searches and saved views are the browser's own
 * and added there.
 */
final class PalettePages {
  private static final int ISSUES_MAX = 7;
  private static final int QUESTIONS_MAX = 5;
  private static final int WORDS_CHARS_MAX = 200;
  private static final Map<String, String> SECTIONS =
      Map.of(
          "issues", "Issues",
          "search", "Search",
          "explore", "Explore",
          "ledger", "Ledger",
          "connect", "Connect",
          "settings", "Settings");

  private final Site site;

  PalettePages(Site site) {
    this.site = site;
  }

  /**
   * A line of the palette.
   *
   * @param kind what it is, in a word
   * @param hint more about it; may be empty
   */
  record Choice(String kind, String label, String hint, String href) {}

  /** The lines, the likeliest first. */
  record Choices(List<Choice> choices) {}

  PageResponse handle(PageRequest request, Project project) {
    String asked = request.param("q") == null ? "" : request.param("q");
    String words = asked.length() > WORDS_CHARS_MAX ? asked.substring(0, WORDS_CHARS_MAX) : asked;
    List<Choice> choices = new ArrayList<>(questions(project, words.toLowerCase(Locale.ROOT)));
    choices.addAll(issues(project, words));
    choices.addAll(pages(project, words.toLowerCase(Locale.ROOT)));
    if (!words.isEmpty()) {
      String search = "/p/" + project.slug() + "/search";
      choices.add(
          new Choice(
              "search",
              "Search all events for “" + words + "”",
              "last 7 days",
              Params.of(search).with("q", words).with("range", "7d").href()));
    }
    return site.templates().page("palette", new Choices(choices));
  }

  private List<Choice> issues(Project project, String words) {
    if (words.isEmpty()) {
      return List.of();
    }
    ProjectScope scope = Site.scope(project);
    String number = words.startsWith("#") ? words.substring(1) : words;
    if (number.matches("\\d{1,18}")) {
      return site.ports().issues().find(scope, new IssueId(Long.parseLong(number))).stream()
          .map(issue -> choice(project, issue))
          .toList();
    }
    IssueFilter filter =
        new IssueFilter(
            scope,
            words,
            Set.of(),
            Set.of(),
            null,
            null,
            null,
            null,
            IssueFilter.Sort.LAST_SEEN,
            null,
            ISSUES_MAX);
    return site.ports().issues().list(filter).issues().stream()
        .map(issue -> choice(project, issue))
        .toList();
  }

  private static Choice choice(Project project, Issue issue) {
    TitleText title = TitleText.of(issue.title(), issue.exceptionType());
    return new Choice(
        "issue",
        "#" + issue.id() + " " + title.head(),
        title.detail(),
        "/p/" + project.slug() + "/issues/" + issue.id());
  }

  private List<Choice> questions(Project project, String words) {
    return SavedPages.of(site, project, Params.of("")).stream()
        .filter(question -> question.name().toLowerCase(Locale.ROOT).contains(words))
        .limit(QUESTIONS_MAX)
        .map(question -> new Choice("question", question.name(), question.text(), question.href()))
        .toList();
  }

  private List<Choice> pages(Project project, String words) {
    List<Choice> choices = new ArrayList<>();
    for (String section : List.of("issues", "search", "explore", "ledger", "connect", "settings")) {
      String name = SECTIONS.getOrDefault(section, section);
      if (name.toLowerCase(Locale.ROOT).contains(words)) {
        choices.add(
            new Choice("page", name, project.name(), "/p/" + project.slug() + "/" + section));
      }
    }
    if ("pipeline".contains(words)) {
      choices.add(new Choice("page", "Pipeline", "this server", "/pipeline"));
    }
    for (Project other : site.ports().registry().projects()) {
      boolean matches =
          (other.name() + " " + other.slug()).toLowerCase(Locale.ROOT).contains(words);
      if (matches && !other.id().equals(project.id())) {
        choices.add(new Choice("project", other.name(), "", "/p/" + other.slug() + "/issues"));
      }
    }
    return choices;
  }
}
