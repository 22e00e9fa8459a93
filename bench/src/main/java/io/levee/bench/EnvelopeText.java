package io.levee.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of a Sentry envelope as {@code sentry-python} sends it, one for each of {@link #ISSUES}
 * issues, with placeholders where every event differs: 8 frames, 5 breadcrumbs, 3 tags, about 2.9
 * KiB. An issue is an exception type and in-app functions that no other has.
 */
final class EnvelopeText {
  static final int ISSUES = 100;

  /** 32 hex digits. */
  static final String EVENT_ID = "#event-id-event-id-event-id-eve#";

  /** 32 hex digits. */
  static final String TRACE_ID = "#trace-id-trace-id-trace-id-tra#";

  /** 16 hex digits. */
  static final String SPAN_ID = "#span-id-span-i#";

  /** Seconds since 1970 with three decimals. */
  static final String TIMESTAMP = "#timestamp-ms#";

  /** The same of breadcrumb 0 to 4. */
  static final String CRUMB_TIMESTAMP = "#crumb-time-%d#";

  /** RFC 3339 with milliseconds. */
  static final String SENT_AT = "#sent-at-sent-at-sent-a#";

  /** Three digits. */
  static final String USER = "#u#";

  /** Eight digits. */
  static final String ORDER = "#order-#";

  /** Three digits behind a first one that isn't zero. */
  static final String MILLIS = "#m#";

  /** The third tag's value, 16 letters. */
  static final String SHARD = "#shard-of-event#";

  private static final List<String> NOUNS =
      List.of(
          "Basket", "Coupon", "Invoice", "Payment", "Parcel", "Refund", "Stock", "Tariff",
          "Voucher", "Wallet");
  private static final List<String> FAULTS =
      List.of(
          "Conflict",
          "Expired",
          "Format",
          "Limit",
          "Locked",
          "Missing",
          "Rejected",
          "State",
          "Timeout",
          "Version");
  private static final List<String> VERBS =
      List.of(
          "allocate",
          "book",
          "cancel",
          "declare",
          "estimate",
          "finish",
          "gather",
          "handle",
          "inspect",
          "join");

  private final String noun;
  private final String fault;
  private final String verb;
  private final int eventBytes;

  EnvelopeText(int issue) {
    this(issue, 0);
  }

  /**
   * One with as many more breadcrumbs, each a database statement, as it takes.
   *
   * @param eventBytes that the event has at least
   */
  EnvelopeText(int issue, int eventBytes) {
    this.eventBytes = eventBytes;
    this.noun = NOUNS.get(issue / 10);
    this.fault = FAULTS.get(issue % 10);
    this.verb = VERBS.get(issue % 10);
  }

  /** The whole envelope: header, item header, item. */
  String envelope() {
    String event = event();
    int bytes = event.getBytes(StandardCharsets.UTF_8).length;
    return """
    {"event_id":"%s","sent_at":"%s","trace":{"trace_id":"%s","environment":"production"}}
    {"type":"event","content_type":"application/json","length":%d}
    %s
    """
        .formatted(EVENT_ID, SENT_AT, TRACE_ID, bytes, event);
  }

  /** The item alone: the event as JSON. */
  String event() {
    StringBuilder crumbs = new StringBuilder(breadcrumbs());
    int others = event("").length();
    for (int i = 1; others + crumbs.length() < eventBytes; i++) {
      crumbs.append(',').append(crumb(0, "query", statement(i)));
    }
    return event(crumbs.toString());
  }

  private String event(String crumbs) {
    return "{\"event_id\":\""
        + EVENT_ID
        + "\",\"timestamp\":"
        + TIMESTAMP
        + ",\"platform\":\"python\",\"level\":\"error\",\"logger\":\"shop."
        + lower(noun)
        + "\",\"transaction\":\"/checkout/"
        + lower(noun)
        + "/"
        + verb
        + "\",\"server_name\":\"web-03.example.org\",\"release\":\"shop@4.17.2\",\"environment\":\"production\""
        + ",\"exception\":{\"values\":["
        + exception()
        + "]}"
        + ",\"breadcrumbs\":{\"values\":["
        + crumbs
        + "]}"
        + ",\"tags\":{\"plan\":\"business\",\"region\":\"eu-west\",\"shard\":\""
        + SHARD
        + "\"}"
        + ",\"user\":{\"id\":\"user-"
        + USER
        + "\",\"username\":\"customer"
        + USER
        + "\"}"
        + ",\"request\":{\"method\":\"POST\",\"url\":\"https://shop.example.org/checkout/"
        + lower(noun)
        + "/"
        + ORDER
        + "\"}"
        + ",\"contexts\":{\"trace\":{\"trace_id\":\""
        + TRACE_ID
        + "\",\"span_id\":\""
        + SPAN_ID
        + "\",\"op\":\"http.server\"},\"runtime\":{\"name\":\"CPython\",\"version\":\"3.13.1\"}}"
        + ",\"sdk\":{\"name\":\"sentry.python.flask\",\"version\":\"2.44.0\"}}";
  }

  private String exception() {
    return "{\"type\":\""
        + noun
        + fault
        + "Error\",\"value\":\"order "
        + ORDER
        + " of user-"
        + USER
        + ": cannot "
        + verb
        + " "
        + lower(noun)
        + " after 1"
        + MILLIS
        + " ms\",\"module\":\"shop."
        + lower(noun)
        + ".errors\",\"mechanism\":{\"type\":\"flask\",\"handled\":false}"
        + ",\"stacktrace\":{\"frames\":["
        + frames()
        + "]}}";
  }

  private String frames() {
    String service = lower(noun) + "_service";
    List<String> frames = new ArrayList<>();
    frames.add(
        library("flask/app.py", "wsgi_app", 1511, "response = self.full_dispatch_request()"));
    frames.add(
        library(
            "flask/app.py", "full_dispatch_request", 917, "rv = self.handle_user_exception(e)"));
    frames.add(
        library("flask/views.py", "view", 110, "return current_app.ensure_sync(self.dispatch)()"));
    frames.add(
        inApp(
            "views/" + lower(noun),
            "post_" + lower(noun),
            48,
            "outcome = " + service + "." + verb + "(order)"));
    frames.add(inApp("services/" + service, verb, 131, "with self.transaction(order.id) as tx:"));
    frames.add(
        library(
            "sqlalchemy/orm/session.py", "begin", 1842, "trans = self._autobegin_t(begin=True)"));
    frames.add(
        inApp(
            "services/" + service,
            "_" + verb + "_" + lower(noun),
            187,
            "self._check_" + lower(fault) + "(tx, order)"));
    frames.add(
        inApp(
            "services/" + service,
            "_check_" + lower(fault),
            212,
            "raise " + noun + fault + "Error(order, tx)"));
    return String.join(",", frames);
  }

  private static String library(String file, String function, int line, String code) {
    return frame("/venv/" + file, function, line, code, false);
  }

  private static String inApp(String file, String function, int line, String code) {
    return frame("shop/" + file + ".py", function, line, code, true);
  }

  private static String frame(String file, String function, int line, String code, boolean inApp) {
    return "{\"filename\":\""
        + file
        + "\",\"function\":\""
        + function
        + "\",\"lineno\":"
        + line
        + ",\"in_app\":"
        + inApp
        + ",\"context_line\":\"    "
        + code
        + "\"}";
  }

  private String breadcrumbs() {
    return String.join(
        ",",
        crumb(0, "navigation", "/basket -> /checkout"),
        crumb(1, "query", "SELECT * FROM orders WHERE id = " + ORDER),
        crumb(2, "httplib", "GET http://stock.internal/" + lower(noun) + "/" + ORDER + " 200"),
        crumb(3, "cache", "miss " + lower(noun) + ":user-" + USER),
        crumb(4, "shop." + lower(noun), "about to " + verb + ", attempt 1"));
  }

  /** What a request asked the database on its way, as frameworks log it. */
  private String statement(int position) {
    return String.format(
        Locale.ROOT,
        "SELECT o.id, o.placed_at, o.customer_id, o.currency, o.channel, o.delivery_address_id,"
            + " o.invoice_address_id, c.name, c.segment, c.locale, l.position, l.article, l.amount, l.price,"
            + " t.rate FROM orders o JOIN customers c ON c.id = o.customer_id JOIN lines l ON"
            + " l.order_id = o.id LEFT JOIN tariffs t ON t.article = l.article WHERE o.id = %s AND"
            + " l.position = %d AND t.valid_from <= now() ORDER BY l.position LIMIT 50 /* %s.%s */",
        ORDER,
        position,
        noun,
        verb);
  }

  private static String crumb(int number, String category, String message) {
    return "{\"timestamp\":"
        + CRUMB_TIMESTAMP.formatted(number)
        + ",\"category\":\""
        + category
        + "\",\"level\":\"info\",\"message\":\""
        + message
        + "\"}";
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
