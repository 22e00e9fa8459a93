package io.levee.console;

import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.question.QuestionStore;
import io.levee.engine.question.SavedQuestion;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saved questions: kept from the explore page, opened, renamed and deleted on a page of theirs. */
final class SavedPages {
  private final Site site;

  SavedPages(Site site) {
    this.site = site;
  }

  /** A saved question as a page shows it. */
  record Saved(
      long id,
      String name,
      String text,
      String range,
      String view,
      TimeText time,
      String href,
      boolean here) {}

  /**
   * The page.
   *
   * @param gone what was just deleted, so that it can be kept after all; null otherwise
   * @param fault what went wrong; null otherwise
   */
  record SavedView(
      Shell shell,
      String path,
      List<Saved> questions,
      @Nullable Gone gone,
      @Nullable String fault) {}

  /** A question that was just deleted. */
  record Gone(String name, String text, String range, String view) {}

  /** Those of a project, by name. */
  static List<Saved> of(Site site, Project project, Params current) {
    Instant now = site.now();
    return site.ports().explore().questions().list(Site.scope(project)).stream()
        .map(question -> saved(question, project, current, now))
        .toList();
  }

  private static Saved saved(SavedQuestion question, Project project, Params current, Instant now) {
    String href =
        Params.of("/p/" + project.slug() + "/explore")
            .with("q", question.text())
            .with("range", question.range())
            .with("view", question.view())
            .href();
    boolean here =
        question.text().equals(current.get("q")) && question.view().equals(current.get("view"));
    return new Saved(
        question.id(),
        question.name(),
        question.text(),
        question.range(),
        question.view(),
        TimeText.of(question.saved(), now),
        href,
        here);
  }

  PageResponse handle(PageRequest request, Project project) {
    return request.isPost()
        ? change(request, project)
        : page(request, project, gone(request), null, 200);
  }

  private static @Nullable Gone gone(PageRequest request) {
    String name = request.param("gone");
    String text = request.param("q");
    return name == null || text == null
        ? null
        : new Gone(name, text, word(request.param("range")), word(request.param("view")));
  }

  private static String word(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  private PageResponse page(
      PageRequest request,
      Project project,
      @Nullable Gone gone,
      @Nullable String fault,
      int status) {
    SavedView view =
        new SavedView(
            site.shell(request, "Saved questions · " + project.name(), project, "explore"),
            path(project),
            of(site, project, Params.of("")),
            gone,
            fault);
    return PageResponse.html(status, site.templates().render("saved", view));
  }

  private static String path(Project project) {
    return "/p/" + project.slug() + "/explore/saved";
  }

  private QuestionStore store() {
    return site.ports().explore().questions();
  }

  private PageResponse change(PageRequest request, Project project) {
    try {
      return switch (word(request.field("do"))) {
        case "save" -> save(request, project);
        case "rename" -> {
          QuestionStore.Outcome outcome =
              store()
                  .rename(
                      Site.scope(project), id(request), word(request.field("name")), site.now());
          yield answer(request, project, outcome, path(project));
        }
        case "delete" -> delete(request, project);
        default -> page(request, project, null, "do: (expected: save, rename or delete)", 400);
      };
    } catch (IllegalArgumentException e) {
      return page(request, project, null, String.valueOf(e.getMessage()), 400);
    }
  }

  private PageResponse save(PageRequest request, Project project) {
    String text = word(request.field("q"));
    if (PipelineParser.parse(text) instanceof PipelineParser.Misread wrong) {
      return page(request, project, null, wrong.sentence(), 400);
    }
    String range = word(request.field("range"));
    String view = word(request.field("view"));
    QuestionStore.Outcome outcome =
        store().save(project.id(), word(request.field("name")), text, range, view, site.now());
    String there =
        Params.of("/p/" + project.slug() + "/explore")
            .with("q", text)
            .with("range", range)
            .with("view", view)
            .href();
    return answer(request, project, outcome, there);
  }

  private PageResponse answer(
      PageRequest request, Project project, QuestionStore.Outcome outcome, String there) {
    return switch (outcome) {
      case QuestionStore.Kept ignored -> PageResponse.seeOther(there);
      case QuestionStore.Missing ignored ->
          page(request, project, null, "That question is gone.", 404);
      case QuestionStore.NameTaken(SavedQuestion other) ->
          page(request, project, null, "“" + other.name() + "” is another question’s name.", 409);
      case QuestionStore.Full ignored ->
          page(
              request,
              project,
              null,
              QuestionStore.QUESTIONS_MAX + " questions are kept already; delete some first.",
              409);
    };
  }

  private PageResponse delete(PageRequest request, Project project) {
    ProjectScope scope = Site.scope(project);
    Optional<SavedQuestion> old = store().find(scope, id(request));
    if (old.isEmpty() || !store().delete(scope, old.get().id())) {
      return page(request, project, null, "That question is gone.", 404);
    }
    SavedQuestion question = old.get();
    return PageResponse.seeOther(
        Params.of(path(project))
            .with("gone", question.name())
            .with("q", question.text())
            .with("range", question.range())
            .with("view", question.view())
            .href());
  }

  private static long id(PageRequest request) {
    String id = word(request.field("id"));
    return id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
  }
}
