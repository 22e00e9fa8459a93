package io.levee.app.demo;

import io.levee.app.demo.Problem.Rhythm;
import io.levee.app.demo.Problem.Thrown;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a failure as the payload of an {@code event} item, in the dialect of its platform. */
final class FailurePayload {
  private final DemoProject project;
  private final Problem problem;
  private final Scene scene;

  FailurePayload(Happening.Failure failure, Scene scene) {
    this.project = failure.project();
    this.problem = failure.problem();
    this.scene = scene;
  }

  Json json() {
    boolean browser = project.platform().equals("javascript");
    List<Json> breadcrumbs = new Trails(project, problem, scene).breadcrumbs();
    return Doc.of(
        "event_id", scene.eventId,
        "timestamp", timestamp(),
        "platform", project.platform(),
        "level", level(),
        "logger", project.platform().equals("python") ? "celery.app.trace" : null,
        "transaction", problem.transaction(),
        "release", scene.release,
        "environment", scene.environment,
        "server_name", browser ? null : scene.host(project),
        "exception", Doc.of("values", exceptions()),
        "tags", tags(),
        "user", user(),
        "request", request(),
        "breadcrumbs",
            project.platform().equals("python") ? Doc.of("values", breadcrumbs) : breadcrumbs,
        "contexts", Contexts.of(project, scene),
        "extra", extra(),
        "sdk", Envelopes.sdk(project),
        "fingerprint", project.platform().equals("java") ? List.of() : null);
  }

  private Json timestamp() {
    return switch (project.platform()) {
      case "java", "python" -> Json.text(scene.time.toString());
      default -> Doc.seconds(scene.time);
    };
  }

  /** Java's and Node's clients leave the level of a captured exception out. */
  private @Nullable String level() {
    if (problem.chain().getFirst().type().contains("OutOfMemory")) {
      return "fatal";
    }
    return switch (project.platform()) {
      case "java" -> null;
      default -> problem.rhythm() == Rhythm.SCAN ? "warning" : "error";
    };
  }

  /** The cause comes first, what surfaced comes last. */
  private List<Json> exceptions() {
    List<Json> values = new ArrayList<>();
    for (int id = problem.chain().size() - 1; id >= 0; id--) {
      values.add(exception(problem.chain().get(id), id));
    }
    return values;
  }

  private Json exception(Thrown thrown, int id) {
    int dot = thrown.type().lastIndexOf('.');
    boolean java = project.platform().equals("java");
    return Doc.of(
        "type", java ? thrown.type().substring(dot + 1) : thrown.type(),
        "value", scene.fill(thrown.value()),
        "module", java ? thrown.type().substring(0, Math.max(0, dot)) : null,
        "stacktrace", Frames.of(project, thrown.calls(), scene),
        "mechanism", mechanism(id));
  }

  private Json mechanism(int id) {
    if (id > 0) {
      return Doc.of("type", "chained", "exception_id", id, "parent_id", id - 1, "source", "cause");
    }
    String type =
        switch (project.platform()) {
          case "java" -> "Spring6ExceptionResolver";
          case "node" -> "auto.middleware.express";
          case "python" -> "celery";
          default -> "auto.browser.global_handlers.onerror";
        };
    return Doc.of("type", type, "handled", scene.random.nextInt(10) == 0, "exception_id", 0);
  }

  private Json tags() {
    String region = People.pick(List.of("eu-central", "eu-central", "eu-north"), scene.random);
    return switch (project.platform()) {
      case "java" ->
          Doc.of("region", region, "store", "fernweh.de", "bean", beanOf(problem.transaction()));
      case "node" ->
          Doc.of("region", region, "api", "v2", "cold_start", scene.random.nextBoolean());
      case "python" ->
          Doc.of("queue", queueOf(problem.transaction()), "celery_task_id", scene.answer("uuid"));
      default ->
          Doc.of(
              "store", "fernweh.de",
              "experiment", People.pick(List.of("cart-b", "control"), scene.random),
              "consent", scene.random.nextBoolean());
    };
  }

  private static String beanOf(String transaction) {
    return transaction.contains("checkout") ? "checkoutController" : "catalogController";
  }

  private static String queueOf(String transaction) {
    return transaction.substring(0, transaction.indexOf('.'));
  }

  private @Nullable Json user() {
    if (scene.bot || project.platform().equals("python") || isJob()) {
      return null;
    }
    // Half of the visitors have not logged in: only their address is known.
    if (scene.random.nextInt(10) < 3) {
      return Doc.of("ip_address", scene.person.ip());
    }
    return Doc.of(
        "id", scene.person.id(),
        "username", scene.person.name(),
        "email", scene.person.email(),
        "ip_address", scene.person.ip());
  }

  private boolean isJob() {
    return problem.transaction().startsWith("nightly");
  }

  private @Nullable Json request() {
    if (project.platform().equals("python") || isJob()) {
      return null;
    }
    boolean browser = project.platform().equals("javascript");
    String route = problem.transaction();
    int blank = route.indexOf(' ');
    String path = path(blank < 0 ? route : route.substring(blank + 1));
    String host = project.platform().equals("node") ? "api.fernweh.example" : "www.fernweh.example";
    String agent = scene.bot ? People.bot(scene.random) : scene.person.agent();
    Json headers =
        browser
            ? Doc.of("User-Agent", agent, "Referer", "https://www.fernweh.example/")
            : Doc.of(
                "host",
                host,
                "user-agent",
                agent,
                "accept",
                "application/json",
                "cookie",
                "fw_session=" + scene.hex(12) + "; consent=all",
                "x-forwarded-for",
                scene.bot ? scene.answer("ip") : scene.person.ip());
    return Doc.of(
        "method", browser ? null : route.substring(0, Math.max(0, blank)),
        "url", "https://" + host + path,
        "query_string", path.contains("?") ? path.substring(path.indexOf('?') + 1) : null,
        "headers", headers,
        "data", route.contains("login") ? login() : null);
  }

  /** What the application should not have sent, and what must not be seen again. */
  private String login() {
    return "{\"email\":\"" + scene.person.email() + "\",\"password\":\"" + scene.hex(6) + "\"}";
  }

  private String path(String route) {
    return switch (route) {
      case "/search" ->
          "/search?q="
              + People.pick(List.of("rain+jacket", "tent", "boots", "headlamp"), scene.random);
      case "/{path}" -> "/" + scene.answer("probe");
      default ->
          route
              .replace("{sku}", scene.answer("sku"))
              .replace(":sku", scene.answer("sku"))
              .replace("/customers/:id", "/customers/" + scene.answer("customer"))
              .replace(":id", scene.answer("order"));
    };
  }

  private @Nullable Json extra() {
    return switch (project.platform()) {
      case "java" -> Doc.of("thread_name", "tomcat-handler-" + scene.between(1, 4000));
      case "python" ->
          Doc.of(
              "celery-job",
              Doc.of(
                  "task_name",
                  problem.transaction(),
                  "kwargs",
                  Doc.of("batch", scene.answer("n"))));
      case "node" -> Doc.of("requestId", scene.answer("uuid"));
      default -> null;
    };
  }
}
