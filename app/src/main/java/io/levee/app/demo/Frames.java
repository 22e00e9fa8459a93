package io.levee.app.demo;

import io.levee.app.demo.Problem.Call;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes stack frames as each platform's client does, the outermost call first. */
final class Frames {
  private Frames() {}

  static Json of(DemoProject project, List<Call> calls, Scene scene) {
    List<Json> frames = new ArrayList<>();
    for (Call call : calls.reversed()) {
      frames.add(
          switch (project.platform()) {
            case "java" -> java(call);
            case "node" -> node(call);
            case "python" -> python(call, scene);
            default -> browser(call);
          });
    }
    return Doc.of("frames", frames);
  }

  private static Json java(Call call) {
    boolean jdk = call.place().startsWith("java.");
    return Doc.of(
        "filename", call.file(),
        "function", call.function(),
        "module", call.place(),
        "lineno", call.line(),
        "in_app", jdk ? null : Boolean.valueOf(call.inApp()),
        "native", false);
  }

  private static Json node(Call call) {
    String module = call.file().replace(".js", "");
    return Doc.of(
        "filename", call.place(),
        "module", call.place().contains("node_modules") ? packageOf(call.place()) : module,
        "function", call.function(),
        "lineno", call.line(),
        "colno", call.column(),
        "in_app", call.inApp(),
        "pre_context", before(call, "async function " + call.function() + "(...args) {"),
        "context_line", call.source().isEmpty() ? null : call.source(),
        "post_context", after(call, "}"));
  }

  private static String packageOf(String path) {
    String rest = path.substring(path.indexOf("node_modules/") + "node_modules/".length());
    return rest.replaceFirst("/", ":").replace("/", ".").replace(".js", "");
  }

  /** A browser knows no source; the client calls everything the page's own. */
  private static Json browser(Call call) {
    return Doc.of(
        "filename", call.place(),
        "function", call.function(),
        "in_app", true,
        "lineno", call.line(),
        "colno", call.column());
  }

  private static Json python(Call call, Scene scene) {
    String relative =
        call.place()
            .replace("/srv/worker/", "")
            .replaceFirst("^/usr/lib/[^/]+/(site-packages/)?", "");
    Json vars = call.inApp() ? Doc.of("attempt", "1", "batch_size", scene.answer("n")) : null;
    return Doc.of(
        "filename", relative,
        "abs_path", call.place(),
        "function", call.function(),
        "module", relative.replace(".py", "").replace('/', '.'),
        "lineno", call.line(),
        "pre_context", before(call, "def " + call.function() + "(*args, **kwargs):"),
        "context_line", call.source().isEmpty() ? null : "    " + call.source(),
        "post_context", after(call, ""),
        "vars", vars,
        "in_app", call.inApp());
  }

  private static @Nullable List<Json> before(Call call, String head) {
    return call.source().isEmpty() ? null : List.of(Json.text(""), Json.text(head));
  }

  private static @Nullable List<Json> after(Call call, String line) {
    return call.source().isEmpty() ? null : List.of(Json.text(line), Json.text(""));
  }
}
