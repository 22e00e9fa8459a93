package io.levee.console;

import io.levee.event.Breadcrumb;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.Mark;
import io.levee.event.Pair;
import io.levee.event.ProjectId;
import io.levee.event.Request;
import io.levee.event.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Believable errors of a Java shop and of a browser front end. Not thread-safe. */
final class Stories {
  private record Plot(
      String type, String value, String module, String function, Level level, int share) {}

  private static final List<Plot> SHOP =
      List.of(
          new Plot(
              "java.sql.SQLTransientConnectionException",
              "HikariPool-1 - Connection is not" + " available, request timed out after 30000ms",
              "com.acme.shop.stock.StockRepository",
              "reserve",
              Level.ERROR,
              14),
          new Plot(
              "java.lang.NullPointerException",
              "Cannot invoke \"Address.country()\" because" + " \"order.shippingAddress\" is null",
              "com.acme.shop.order.TaxCalculator",
              "rateFor",
              Level.ERROR,
              22),
          new Plot(
              "com.acme.shop.payment.PaymentDeclinedException",
              "Card declined: insufficient" + " funds",
              "com.acme.shop.payment.PaymentService",
              "charge",
              Level.WARNING,
              31),
          new Plot(
              "java.net.http.HttpTimeoutException",
              "request timed out",
              "com.acme.shop.carrier.CarrierClient",
              "quote",
              Level.ERROR,
              9),
          new Plot(
              "java.lang.OutOfMemoryError",
              "Java heap space",
              "com.acme.shop.report.NightlyReport",
              "render",
              Level.FATAL,
              2),
          new Plot(
              "jakarta.validation.ConstraintViolationException",
              "checkout.email: must be a" + " well-formed email address",
              "com.acme.shop.checkout.CheckoutController",
              "submit",
              Level.WARNING,
              12),
          new Plot(
              "java.util.ConcurrentModificationException",
              "",
              "com.acme.shop.basket.Basket",
              "merge",
              Level.ERROR,
              4),
          new Plot(
              "org.hibernate.StaleObjectStateException",
              "Row was updated or deleted by another"
                  + " transaction : [com.acme.shop.stock.StockLevel#48213]",
              "com.acme.shop.stock.StockService",
              "release",
              Level.ERROR,
              6));

  private static final List<Plot> FRONT =
      List.of(
          new Plot(
              "TypeError",
              "Cannot read properties of undefined (reading 'price')",
              "src/basket",
              "lineTotal",
              Level.ERROR,
              20),
          new Plot(
              "ChunkLoadError",
              "Loading chunk 417 failed.",
              "webpack/runtime",
              "requireChunk",
              Level.ERROR,
              8),
          new Plot(
              "UnhandledRejection",
              "Non-Error promise rejection captured with value: Timeout",
              "src/api/client",
              "request",
              Level.WARNING,
              12));

  private static final List<String> RELEASES = List.of("shop@4.2.0", "shop@4.2.1", "shop@4.3.0");

  private final Random random;
  private final Instant now;

  Stories(Random random, Instant now) {
    this.random = random;
    this.now = now;
  }

  List<Event> shop(ProjectId project, int events) {
    return tell(project, SHOP, events, "java");
  }

  List<Event> front(ProjectId project, int events) {
    return tell(project, FRONT, events, "javascript");
  }

  private List<Event> tell(ProjectId project, List<Plot> plots, int events, String platform) {
    int shares = plots.stream().mapToInt(Plot::share).sum();
    List<Event> told = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      int pick = random.nextInt(shares);
      int plot = 0;
      while (pick >= plots.get(plot).share()) {
        pick -= plots.get(plot++).share();
      }
      told.add(event(project, plots.get(plot), plot, time(plot), platform));
    }
    for (int i = 0; i < events / 10; i++) {
      told.add(log(project, platform));
    }
    return told;
  }

  /** Busier by day; one plot only since a release, another only at 21:00. */
  private Instant time(int plot) {
    while (true) {
      long ago = plot == 1 ? random.nextInt(4 * 86_400) : random.nextInt(13 * 86_400);
      Instant time = now.minusSeconds(ago).minusMillis(random.nextInt(1000));
      int hour = (int) (time.getEpochSecond() / 3600 % 24);
      boolean fits =
          plot == 4 ? hour == 21 : random.nextInt(12) < 3 + Math.abs(12 - Math.abs(14 - hour));
      if (fits) {
        return time;
      }
    }
  }

  private Event event(ProjectId project, Plot plot, int number, Instant time, String platform) {
    String simple = plot.type().substring(plot.type().lastIndexOf('.') + 1);
    String release =
        RELEASES.get(time.isAfter(now.minus(Duration.ofDays(4))) ? 2 : random.nextInt(2));
    int user = random.nextInt(140);
    EventBuilder builder =
        Event.builder(EventId.random(random), project)
            .kind(Kind.ERROR)
            .level(plot.level())
            .time(time)
            .received(time.plusMillis(120))
            .title(plot.value().isEmpty() ? simple : simple + ": " + plot.value())
            .culprit(plot.module() + "." + plot.function())
            .logger(plot.module())
            .platform(platform)
            .host("web-" + random.nextInt(3))
            .environment(random.nextInt(6) == 0 ? "staging" : "production")
            .release(release)
            .fingerprint(new Fingerprint(1, project.value(), number + 1L))
            .exceptions(chain(plot, platform))
            .user(
                new User(
                    "u" + (10_400 + user),
                    null,
                    "user" + user + "@example.com",
                    "198.51.100." + user,
                    Json.object("plan", Json.text("gold"))))
            .tags(tags())
            .traceId(EventId.random(random).toString())
            .breadcrumbs(crumbs(time))
            .request(request())
            .contexts(contexts())
            .extra(Json.object("order", Json.object("total", Json.number(89.9))))
            .mark(new Mark("request.headers.Authorization", Mark.Change.SCRUBBED, null));
    return random.nextInt(20) == 0
        ? builder.weight(1 + random.nextInt(20)).build()
        : builder.build();
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("region", random.nextInt(3) == 0 ? "us-east" : "eu-west");
    tags.put("tenant", "tenant-" + random.nextInt(9));
    tags.put("payment.provider", random.nextBoolean() ? "adyen" : "stripe");
    return tags;
  }

  private List<ExceptionInfo> chain(Plot plot, String platform) {
    List<Frame> frames = new ArrayList<>();
    frames.add(source(plot, platform));
    frames.add(
        Frame.of(
            "handle",
            plot.module().replaceAll("[A-Z]\\w+$", "") + "OrderController",
            "OrderController.java",
            118,
            true));
    frames.addAll(library("org.springframework.web.servlet", "DispatcherServlet", 6));
    frames.addAll(library("org.apache.catalina.core", "ApplicationFilterChain", 9));
    ExceptionInfo surface =
        new ExceptionInfo(
            plot.type(),
            plot.value(),
            null,
            false,
            Json.object("type", Json.text("generic")),
            frames,
            Json.Obj.EMPTY);
    if (plot.share() % 2 == 1) {
      return List.of(surface);
    }
    List<Frame> deeper = new ArrayList<>(library("com.zaxxer.hikari.pool", "HikariPool", 3));
    deeper.add(Frame.of("open", "com.acme.shop.db.Connections", "Connections.java", 41, true));
    return List.of(
        surface,
        ExceptionInfo.of(
            "java.io.IOException", "Connection reset by peer (10.0.3.17:5432)", deeper));
  }

  private static Frame source(Plot plot, String platform) {
    String file = plot.module().substring(plot.module().lastIndexOf('.') + 1);
    return new Frame(
        plot.function(),
        plot.module(),
        platform.equals("java") ? file + ".java" : file + ".ts",
        null,
        87,
        platform.equals("java") ? null : 23,
        true,
        "    BigDecimal rate = rates.forCountry(order.shippingAddress().country());",
        List.of(
            "  BigDecimal rateFor(Order order) {",
            "    if (order.isDigital()) {",
            "      return rates.digital();",
            "    }"),
        List.of("    return rate.add(surcharge(order));", "  }", ""),
        Json.object(Map.of("order", Json.text("Order#48213"), "digital", Json.bool(false))),
        Json.Obj.EMPTY);
  }

  private static List<Frame> library(String module, String type, int count) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(
          Frame.of(
              i % 2 == 0 ? "doFilter" : "invoke",
              module + "." + type,
              type + ".java",
              140 + 17 * i,
              false));
    }
    return frames;
  }

  private List<Breadcrumb> crumbs(Instant time) {
    List<Breadcrumb> crumbs = new ArrayList<>();
    String[][] lines = {
      {"navigation", "navigation", "/basket → /checkout"},
      {"http", "http", "POST /api/basket/items"},
      {"default", "order", "Order 48213 created, 3 lines"},
      {"http", "http", "GET https://rates.example.com/v2/eu"},
      {"default", "payment", "Retrying the charge, attempt 2"},
    };
    for (int i = 0; i < lines.length; i++) {
      Json.Obj data =
          lines[i][0].equals("http")
              ? Json.object("status_code", Json.number(i == 3 ? 504 : 200))
              : Json.Obj.EMPTY;
      crumbs.add(
          new Breadcrumb(
              time.minusMillis((lines.length - i) * 840L),
              lines[i][0],
              lines[i][1],
              i == 4 ? Level.WARNING : Level.INFO,
              lines[i][2],
              data));
    }
    return crumbs;
  }

  private Request request() {
    return new Request(
        "POST",
        "https://shop.example.com/checkout/" + random.nextInt(9000),
        500,
        List.of(
            new Pair("Authorization", "[scrubbed]"),
            new Pair("Accept", "application/json"),
            new Pair(
                "User-Agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Firefox/144.0")),
        List.of(),
        List.of(new Pair("step", "payment")),
        List.of(),
        List.of(),
        Json.object("coupon", Json.text("NOVEMBER")));
  }

  private static Json.Obj contexts() {
    Map<String, Json> contexts = new LinkedHashMap<>();
    contexts.put(
        "runtime",
        Json.object(Map.of("name", Json.text("OpenJDK"), "version", Json.text("25.0.1"))));
    contexts.put(
        "os", Json.object(Map.of("name", Json.text("Linux"), "kernel", Json.text("6.12"))));
    contexts.put("device", Json.object(Map.of("memory", Json.number(8_589_934_592L))));
    return Json.object(contexts);
  }

  private Event log(ProjectId project, String platform) {
    Instant time = now.minusSeconds(random.nextInt(13 * 86_400));
    String title = "Slow query: SELECT … FROM stock took " + (400 + random.nextInt(4000)) + " ms";
    return Event.builder(EventId.random(random), project)
        .kind(Kind.LOG)
        .level(random.nextBoolean() ? Level.INFO : Level.WARNING)
        .time(time)
        .received(time)
        .title(title)
        .message(title)
        .logger("com.acme.shop.db.SlowQueryLog")
        .platform(platform)
        .host("web-" + random.nextInt(3))
        .environment("production")
        .release(RELEASES.getFirst())
        .fingerprint(new Fingerprint(1, project.value(), 999))
        .tags(tags())
        .build();
  }
}
