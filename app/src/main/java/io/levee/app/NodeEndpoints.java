package io.levee.app;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.Routes;
import io.levee.engine.run.Health;
import io.levee.event.Json;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What operators' tools ask: {@code /health} (the process lives), {@code /ready} (it would take
 * events now; 503 and why when not), {@code /metrics} (Prometheus).
 */
final class NodeEndpoints {
  private final Map<String, Supplier<Health>> checks;
  private final PrometheusMeterRegistry metrics;

  /**
   * @param checks by the name of what is checked
   */
  NodeEndpoints(Map<String, Supplier<Health>> checks, PrometheusMeterRegistry metrics) {
    this.checks = new LinkedHashMap<>(checks);
    this.metrics = metrics;
  }

  Routes mount(Routes routes) {
    return routes
        .on(
            "GET",
            "/health",
            call -> HttpReply.json(200, Json.object("status", Json.text("alive"))))
        .on("GET", "/ready", this::ready)
        .on("GET", "/metrics", this::metrics);
  }

  private HttpReply ready(HttpCall call) {
    Map<String, Json> answers = new LinkedHashMap<>();
    boolean ready = true;
    for (Map.Entry<String, Supplier<Health>> check : checks.entrySet()) {
      switch (check.getValue().get()) {
        case Health.Ok ignored -> answers.put(check.getKey(), Json.text("ok"));
        case Health.Failing(String reason) -> {
          answers.put(check.getKey(), Json.text(reason));
          ready = false;
        }
      }
    }
    Map<String, Json> body = new LinkedHashMap<>();
    body.put("status", Json.text(ready ? "ready" : "not ready"));
    body.put("checks", new Json.Obj(answers));
    return HttpReply.json(ready ? 200 : 503, new Json.Obj(body));
  }

  private HttpReply metrics(HttpCall call) {
    return HttpReply.of(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        metrics.scrape().getBytes(StandardCharsets.UTF_8));
  }
}
