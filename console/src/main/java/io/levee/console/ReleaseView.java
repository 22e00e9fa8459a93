package io.levee.console;

import io.levee.engine.release.Deploy;
import io.levee.engine.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a release shows.
 *
 * @param base of the project's pages
 * @param issues that began with it
 */
record ReleaseView(
    Shell shell,
    String base,
    ReleaseRow row,
    Release release,
    TimeChoice time,
    Chart chart,
    List<NewIssue> issues,
    List<DeployRow> deploys) {
  /** An issue whose first event was of the release. */
  record NewIssue(
      String id,
      String title,
      String detail,
      String level,
      String status,
      String events,
      String users,
      TimeText first) {}

  /** A deploy of it. */
  record DeployRow(
      String environment,
      @Nullable String name,
      @Nullable String url,
      String who,
      String html,
      TimeText finished) {
    static DeployRow of(Deploy deploy, Instant now) {
      return new DeployRow(
          deploy.environment(),
          deploy.name(),
          deploy.url() != null && deploy.url().matches("https?://.*") ? deploy.url() : null,
          Objects.requireNonNullElse(deploy.userName(), deploy.actor()),
          deploy.description() == null ? "" : Markdown.html(deploy.description()),
          TimeText.of(deploy.finished(), now));
    }
  }

  /** Its link, when it is one that a page may offer. */
  @Nullable String url() {
    String url = release.url();
    return url != null && url.matches("https?://.*") ? url : null;
  }

  String rangeLink(String name) {
    return Params.of(base + "/releases/one")
        .with("name", release.name())
        .with("range", name)
        .href();
  }

  String searchLink(String more) {
    String query = "release:\"" + release.name().replace("\"", "\\\"") + "\"";
    return Params.of(base + "/search")
        .with("q", more.isEmpty() ? query : query + " " + more)
        .href();
  }

  String issueLink(String id) {
    return base + "/issues/" + id;
  }

  String issuesLink() {
    return Params.of(base + "/issues").with("release", release.name()).with("status", "any").href();
  }
}
