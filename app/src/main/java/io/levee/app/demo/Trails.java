package io.levee.app.demo;

import io.levee.event.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes up what happened shortly before a failure: the breadcrumbs, oldest first. */
final class Trails {
  private final DemoProject project;
  private final Problem problem;
  private final Scene scene;

  Trails(DemoProject project, Problem problem, Scene scene) {
    this.project = project;
    this.problem = problem;
    this.scene = scene;
  }

  List<Json> breadcrumbs() {
    List<Json> crumbs = new ArrayList<>();
    int count = scene.between(3, 7);
    int gapMillis = scene.between(180, 900);
    for (int i = 0; i < count; i++) {
      Instant time = scene.time.minusMillis((long) (count - i) * gapMillis);
      crumbs.add(
          switch (project.platform()) {
            case "java" -> backend(time, i);
            case "node" -> outgoing(time, i);
            case "python" -> query(time, i);
            default -> click(time, i);
          });
    }
    return crumbs;
  }

  private Json backend(Instant time, int step) {
    String text =
        switch (step % 4) {
          case 0 -> problem.transaction() + " started";
          case 1 ->
              "Customer " + scene.answer("customer") + " has " + scene.answer("n") + " orders";
          case 2 -> "select * from stock_item where sku = '" + scene.answer("sku") + "'";
          default -> "Cart of customer " + scene.answer("customer") + " loaded";
        };
    return Doc.of(
        "timestamp",
        time.toString(),
        "level",
        "info",
        "category",
        step % 4 == 2 ? "db.query" : "com.fernweh.shop.web.RequestLog",
        "message",
        text);
  }

  private Json outgoing(Instant time, int step) {
    boolean last = step > 3;
    String url =
        step % 2 == 0
            ? "https://stock.fernweh.example/v1/levels/" + scene.answer("sku")
            : "https://loyalty.fernweh.example/customers/" + scene.answer("customer");
    return Doc.of(
        "timestamp",
        Doc.seconds(time),
        "type",
        "http",
        "category",
        "http",
        "level",
        last ? "error" : "info",
        "data",
        Doc.of("method", "GET", "url", url, "status_code", last ? 503 : 200));
  }

  private Json query(Instant time, int step) {
    String sql =
        step % 2 == 0
            ? "SELECT parcel.id, parcel.carrier FROM parcel WHERE parcel.state = %(state)s"
            : "UPDATE parcel SET state = %(state)s WHERE parcel.id = %(id)s";
    return Doc.of(
        "timestamp",
        time.toString(),
        "type",
        "default",
        "category",
        "query",
        "message",
        sql,
        "data",
        Doc.of("db.system", "postgresql"));
  }

  private Json click(Instant time, int step) {
    return switch (step % 3) {
      case 0 ->
          Doc.of(
              "timestamp", Doc.seconds(time),
              "category", "navigation",
              "data", Doc.of("from", "/", "to", problem.transaction()));
      case 1 ->
          Doc.of(
              "timestamp", Doc.seconds(time),
              "category", "ui.click",
              "message", "main > section.cart > button.primary[type=\"submit\"]");
      default ->
          Doc.of(
              "timestamp",
              Doc.seconds(time),
              "category",
              "fetch",
              "type",
              "http",
              "data",
              Doc.of("method", "GET", "url", "/api/cart", "status_code", 200));
    };
  }
}
