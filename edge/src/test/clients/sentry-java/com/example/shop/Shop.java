package com.example.shop;

import io.sentry.Attachment;
import io.sentry.Breadcrumb;
import io.sentry.CheckIn;
import io.sentry.CheckInStatus;
import io.sentry.ISpan;
import io.sentry.ITransaction;
import io.sentry.MonitorConfig;
import io.sentry.MonitorSchedule;
import io.sentry.MonitorScheduleUnit;
import io.sentry.Sentry;
import io.sentry.SentryAttribute;
import io.sentry.SentryAttributes;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryLogLevel;
import io.sentry.SentryOptions;
import io.sentry.SpanStatus;
import io.sentry.TransactionOptions;
import io.sentry.UserFeedback;
import io.sentry.logger.SentryLogParameters;
import io.sentry.metrics.MetricsUnit;
import io.sentry.metrics.SentryMetricsParameters;
import io.sentry.protocol.Feedback;
import io.sentry.protocol.Request;
import io.sentry.protocol.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One scenario of the Java client. Arguments: DSN SCENARIO. */
public final class Shop {
  private Shop() {}

  static final class PaymentFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    PaymentFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  static void openSocket(String address) {
    throw new IllegalArgumentException("connection refused: " + address);
  }

  static void callBank(int order) {
    try {
      openSocket("10.0.3.17:8443");
    } catch (IllegalArgumentException cause) {
      throw new IllegalStateException("bank did not answer for order " + order, cause);
    }
  }

  static void pay(int order) {
    try {
      callBank(order);
    } catch (IllegalStateException cause) {
      throw new PaymentFailed("payment of order " + order + " failed", cause);
    }
  }

  static PaymentFailed failure() {
    try {
      pay(1017);
      throw new AssertionError("paid");
    } catch (PaymentFailed failure) {
      failure.addSuppressed(new IllegalStateException("and the receipt printer is out of paper"));
      return failure;
    }
  }

  static void configure(SentryOptions options, String dsn, String scenario) {
    options.setDsn(dsn);
    options.setRelease("shop@1.4.2");
    options.setEnvironment("production");
    options.setDist("142");
    options.setServerName("shop-1");
    options.addInAppInclude("com.example.shop");
    options.setEnableUncaughtExceptionHandler(scenario.equals("uncaught"));
    options.setEnableAutoSessionTracking(false);
    options.getLogs().setEnabled(scenario.contains("logs") || scenario.equals("logback"));
    if (scenario.equals("transaction")) {
      options.setTracesSampleRate(1.0);
    }
    if (scenario.equals("client-report")) {
      options.setBeforeSend((event, hint) -> event.getLevel() == SentryLevel.DEBUG ? null : event);
    }
    if (scenario.equals("threads")) {
      options.setAttachThreads(true);
    }
  }

  static void describeVisitor() {
    User user = new User();
    user.setId("42");
    user.setEmail("ada@example.com");
    user.setUsername("ada");
    user.setIpAddress("203.0.113.7");
    user.setData(Map.of("plan", "gold"));
    Request request = new Request();
    request.setUrl("https://shop.example.com/checkout");
    request.setMethod("POST");
    request.setQueryString("step=2");
    request.setCookies("theme=dark");
    request.setHeaders(Map.of("User-Agent", "Mozilla/5.0"));
    request.setData("{\"order\":1017}");
    Breadcrumb crumb = Breadcrumb.http("https://bank.example.com/charge", "POST", 503);
    Breadcrumb note = new Breadcrumb("Grüße an die Kasse ☕");
    note.setCategory("cart");
    note.setLevel(SentryLevel.WARNING);
    note.setData("items", 3);
    Sentry.addBreadcrumb(crumb);
    Sentry.addBreadcrumb(note);
    Sentry.configureScope(
        scope -> {
          scope.setUser(user);
          scope.setRequest(request);
          scope.setTag("region", "eu-central-1");
          scope.setExtra("basket", "3 lines");
          scope.setContexts("order", Map.of("id", 1017, "currency", "EUR"));
          scope.setTransaction("POST /checkout");
        });
  }

  static void run(String scenario) throws Exception {
    switch (scenario) {
      case "chained-exception" -> {
        describeVisitor();
        SentryEvent event = new SentryEvent(failure());
        event.setFingerprints(List.of("{{ default }}", "payment"));
        Sentry.captureEvent(event);
      }
      case "message" -> {
        describeVisitor();
        Sentry.captureMessage("stock of article 4711 is low", SentryLevel.WARNING);
      }
      case "threads" -> Sentry.captureException(failure());
      case "uncaught" -> {
        Thread thread = new Thread(() -> pay(1018), "checkout-7");
        thread.start();
        thread.join();
      }
      case "transaction" -> trace();
      case "logs" -> logs();
      case "logback" -> logback();
      case "session" -> {
        Sentry.startSession();
        Sentry.captureException(failure());
        Sentry.endSession();
      }
      case "client-report" -> {
        Sentry.captureMessage("dropped by beforeSend", SentryLevel.DEBUG);
        Sentry.captureMessage("dropped as well", SentryLevel.DEBUG);
        Sentry.captureMessage("carries the report", SentryLevel.INFO);
      }
      case "rate-limited" -> {
        Sentry.captureMessage("answered with 429");
        Sentry.flush(2000);
        Sentry.captureMessage("held back by the client");
      }
      case "check-in" -> checkIns();
      case "metrics" -> metrics();
      case "attachment" -> {
        byte[] json = "{\"id\":1017}\n".getBytes(StandardCharsets.UTF_8);
        Sentry.configureScope(
            scope -> {
              scope.addAttachment(new Attachment(json, "order.json", "application/json"));
              scope.addAttachment(new Attachment(new byte[] {0, 10, 13, -1, 10, 10, 0}, "pixel.bin"));
            });
        Sentry.captureException(failure());
      }
      case "feedback" -> {
        Feedback feedback = new Feedback("The page was blank\nafter I pressed \"pay\".");
        feedback.setName("Ada");
        feedback.setContactEmail("ada@example.com");
        feedback.setUrl("https://shop.example.com/checkout");
        feedback.setAssociatedEventId(Sentry.captureMessage("the page was blank"));
        Sentry.captureFeedback(feedback);
      }
      case "user-report" -> {
        var id = Sentry.captureMessage("the page was blank");
        Sentry.captureUserFeedback(new UserFeedback(id, "Ada", "ada@example.com", "It was blank."));
      }
      default -> throw new IllegalArgumentException("scenario: " + scenario);
    }
  }

  static void trace() {
    TransactionOptions options = new TransactionOptions();
    options.setBindToScope(true);
    ITransaction transaction = Sentry.startTransaction("POST /checkout", "http.server", options);
    ISpan query = transaction.startChild("db", "SELECT * FROM orders");
    query.setData("db.system", "postgresql");
    query.finish(SpanStatus.OK);
    ISpan charge = transaction.startChild("function", "charge");
    Sentry.captureException(failure());
    charge.setThrowable(failure());
    charge.finish(SpanStatus.INTERNAL_ERROR);
    transaction.setMeasurement("basket.lines", 3);
    transaction.finish(SpanStatus.INTERNAL_ERROR);
  }

  static void logs() {
    Sentry.logger().trace("entering checkout");
    Sentry.logger().debug("cache miss for %s", "cart:42");
    Sentry.logger().info("order %d placed by %s, rate %s", 1017, "ada", 0.19);
    Sentry.logger().warn("stock is low");
    SentryAttributes attributes =
        SentryAttributes.of(
            SentryAttribute.integerAttribute("order.id", 1017),
            SentryAttribute.booleanAttribute("express", true),
            SentryAttribute.doubleAttribute("rate", 0.19),
            SentryAttribute.stringAttribute("region", "eu"));
    Sentry.logger()
        .log(SentryLogLevel.ERROR, SentryLogParameters.create(attributes), "payment failed");
    Sentry.logger().fatal("database gone");
  }

  /** Through logback.xml, whose appender sends errors as events, infos as breadcrumbs and logs. */
  static void logback() {
    var logger = LoggerFactory.getLogger("com.example.shop.Checkout");
    MDC.put("requestId", "r-77");
    logger.info("order {} placed by {}", 1017, "ada");
    logger.warn("stock of article {} is low", 4711);
    logger.error("payment of order {} failed", 1017, failure());
  }

  static void checkIns() {
    CheckIn started = new CheckIn("nightly-export", CheckInStatus.IN_PROGRESS);
    MonitorConfig config = new MonitorConfig(MonitorSchedule.crontab("*/5 * * * *"));
    config.setCheckinMargin(2L);
    config.setMaxRuntime(10L);
    config.setTimezone("Europe/Berlin");
    config.setFailureIssueThreshold(2L);
    config.setRecoveryThreshold(3L);
    started.setMonitorConfig(config);
    var id = Sentry.captureCheckIn(started);
    CheckIn done = new CheckIn(id, "nightly-export", CheckInStatus.OK);
    done.setDuration(12.75);
    Sentry.captureCheckIn(done);
    CheckIn failed = new CheckIn("heartbeat", CheckInStatus.ERROR);
    failed.setMonitorConfig(new MonitorConfig(MonitorSchedule.interval(1, MonitorScheduleUnit.HOUR)));
    Sentry.captureCheckIn(failed);
  }

  static void metrics() {
    SentryAttributes attributes =
        SentryAttributes.of(SentryAttribute.stringAttribute("region", "eu"));
    Sentry.metrics().count("orders.placed", 1.0, null, SentryMetricsParameters.create(attributes));
    Sentry.metrics().gauge("queue.depth", 17.5);
    Sentry.metrics().distribution("checkout.duration", 187.25, MetricsUnit.Duration.MILLISECOND);
  }

  public static void main(String[] args) throws Exception {
    String dsn = args[0];
    String scenario = args[1];
    Sentry.init(options -> configure(options, dsn, scenario));
    run(scenario);
    Sentry.flush(3000);
    Sentry.close();
  }
}
