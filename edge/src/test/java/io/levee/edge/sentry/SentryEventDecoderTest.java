package io.levee.edge.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.fake.Golden;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.Mark;
import io.levee.event.Pair;
import io.levee.event.ProjectId;
import io.levee.event.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the fields of an event. */
class SentryEventDecoderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T23:45:00Z");
  private static final DecodeContext CONTEXT =
      new DecodeContext(new ProjectId(1), NOW, "198.51.100.9");

  private static SentryDecoder decoder() {
    return new SentryDecoder(EnvelopeLimits.DEFAULT, new Random(1));
  }

  /** Decodes an event written with single quotes. */
  private static Event event(String json) {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ((Decoded.Events) decoder().store(body, CONTEXT)).events().getFirst();
  }

  private static List<Event> envelope(String text) {
    byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ((Decoded.Events) decoder().envelope(body, CONTEXT)).events();
  }

  private static Event golden(String name) {
    return ((Decoded.Events) SentryGoldenTest.decode(Golden.of(name))).events().getFirst();
  }

  private static List<String> types(Event event) {
    return event.exceptions().stream().map(e -> String.valueOf(e.type())).toList();
  }

  @Test
  void putsTheExceptionThatSurfacedFirst() {
    assertThat(types(golden("sentry-node-chained-exception")))
        .containsExactly("PaymentFailed", "RangeError", "TypeError");
    assertThat(types(golden("sentry-node-6-chained-exception")))
        .containsExactly("Error", "TypeError");
    assertThat(types(golden("sentry-browser-chained-exception")))
        .containsExactly("PaymentFailed", "RangeError", "TypeError");
    assertThat(types(golden("sentry-node-aggregate-exception"))).startsWith("AggregateError");
  }

  @Test
  void putsSuppressedExceptionsBehindTheCauses() {
    Event event = golden("sentry-java-chained-exception");

    assertThat(event.exceptions())
        .extracting(ExceptionInfo::value)
        .containsExactly(
            "payment of order 1017 failed",
            "bank did not answer for order 1017",
            "connection refused: 10.0.3.17:8443",
            "and the receipt printer is out of paper");
    assertThat(event.title()).isEqualTo("Shop$PaymentFailed: payment of order 1017 failed");
    assertThat(event.culprit()).isEqualTo("POST /checkout");
  }

  @Test
  void survivesExceptionsThatAreEachOthersParents() {
    Event event =
        event(
            "{'exception':{'values':["
                + "{'type':'A','mechanism':{'exception_id':1,'parent_id':2}},"
                + "{'type':'B','mechanism':{'exception_id':2,'parent_id':1}},"
                + "{'type':'C','mechanism':{'exception_id':2,'parent_id':2}},null,5]}}");

    assertThat(types(event)).containsExactlyInAnyOrder("A", "B", "C");
    assertThat(event.marks()).extracting(Mark::field).containsExactly("exceptions");
  }

  @Test
  void putsTheMostRecentCallFirst() {
    List<Frame> frames = golden("sentry-java-chained-exception").exceptions().getFirst().frames();

    assertThat(frames).extracting(Frame::function).containsExactly("pay", "failure", "run", "main");
    assertThat(frames.getFirst().line()).isEqualTo(62);
    assertThat(frames.getFirst().isInApp()).isTrue();
  }

  @Test
  void showsOnTheFirstExceptionThatAnyIsUnhandled() {
    Event event = golden("sentry-browser-uncaught");

    assertThat(event.exceptions()).extracting(ExceptionInfo::handled).startsWith(false, true);
    assertThat(event.exceptions().getFirst().mechanism().text("handled")).isEqualTo("true");
    assertThat(event.tags()).containsEntry("handled", "no");
  }

  @Test
  void takesTheCrashedThreadsStackWhenThereIsNoException() {
    Event event = golden("sentry-java-message");

    assertThat(event.title()).isEqualTo("stock of article 4711 is low");
    assertThat(event.level()).isEqualTo(Level.WARNING);
    assertThat(event.exceptions()).hasSize(1);
    assertThat(event.exceptions().getFirst().type()).isNull();
    assertThat(event.exceptions().getFirst().frames().getFirst().function())
        .isEqualTo("getStackTrace");
  }

  @Test
  void keepsWhatAClientSaysAboutItsSurroundings() {
    Event event = golden("sentry-node-chained-exception");

    assertThat(event.tags())
        .containsEntry("paid", "false")
        .containsEntry("attempts", "3")
        .containsEntry("shop.tenant", "acme");
    assertThat(event.user())
        .isEqualTo(
            new User(
                "42",
                "ada",
                "ada@example.com",
                "203.0.113.7",
                Json.object("segment", Json.text("vip"))));
    assertThat(event.release()).isEqualTo("shop@1.4.2");
    assertThat(event.environment()).isEqualTo("production");
    assertThat(event.host()).isEqualTo("shop-1");
    assertThat(event.traceId()).isEqualTo("012d584499cb48158a68bbd9f935984d");
    assertThat(event.clientFingerprint()).containsExactly("{{ default }}", "payment");
    assertThat(event.breadcrumbs()).hasSize(3);
    assertThat(event.breadcrumbs().getLast().message()).isEqualTo("Grüße an die Kasse ☕");
    assertThat(event.extra().fields()).containsKeys("sdk", "modules", "dist", "basket");
  }

  @Test
  void readsRequestsInAllTheirForms() {
    Event asMap = golden("sentry-node-request-1-event");
    Event asStrings = golden("sentry-java-chained-exception");

    assertThat(asMap.request().cookies()).contains(new Pair("theme", "dark"));
    assertThat(asMap.request().query()).contains(new Pair("step", "2"));
    assertThat(asMap.request().method()).isEqualTo("POST");
    assertThat(asStrings.request().cookies()).containsExactly(new Pair("theme", "dark"));
    assertThat(asStrings.request().query()).containsExactly(new Pair("step", "2"));
    assertThat(asStrings.request().body()).isEqualTo(Json.text("{\"order\":1017}"));
    Event asList =
        event(
            "{'request':{'headers':[['A','1'],['A','2']],'query_string':[['q','a b']],"
                + "'cookies':'a=b; c=d=e','fragment':'top'}}");
    assertThat(asList.request().headers()).containsExactly(new Pair("A", "1"), new Pair("A", "2"));
    assertThat(asList.request().cookies())
        .containsExactly(new Pair("a", "b"), new Pair("c", "d=e"));
    assertThat(asList.extra().object("request").text("fragment")).isEqualTo("top");
  }

  @Test
  void decodesTheQueryString() {
    assertThat(event("{'request':{'query_string':'?a=%C3%BC+b&c&d=%zz'}}").request().query())
        .containsExactly(new Pair("a", "ü b"), new Pair("c", ""), new Pair("d", "%zz"));
  }

  @Test
  void timesTransactions() {
    Event event = golden("sentry-java-transaction-2-transaction");

    assertThat(event.kind()).isEqualTo(Kind.TRANSACTION);
    assertThat(event.level()).isEqualTo(Level.INFO);
    assertThat(event.title()).isEqualTo("POST /checkout");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-21T23:43:22.252246Z"));
    assertThat(event.durationMillis()).isEqualTo(297.448);
    assertThat(event.extra().array("spans")).hasSize(2);
  }

  @Test
  void readsLogsWithTheirAttributes() {
    List<Event> logs =
        ((Decoded.Events) SentryGoldenTest.decode(Golden.of("sentry-node-logs"))).events();

    Event log = logs.get(2);
    assertThat(logs).hasSize(6).allMatch(event -> event.kind() == Kind.LOG);
    assertThat(logs).extracting(Event::level).containsExactly(Level.values());
    assertThat(log.title()).isEqualTo("order 1017 placed by ada");
    assertThat(log.time()).isEqualTo(Instant.parse("2026-11-21T23:42:40.934362400Z"));
    assertThat(log.host()).isEqualTo("shop-1");
    assertThat(log.user().id()).isEqualTo("42");
    assertThat(log.extra().get("totalCents")).isEqualTo(Json.number(12950));
    assertThat(log.extra().text("sentry.message.template")).isEqualTo("order %s placed by %s");
  }

  @Test
  void keepsTheTemplateBesideTheMessage() {
    Event event = golden("sentry-java-logback-1-event");

    assertThat(event.message()).isEqualTo("payment of order 1017 failed");
    assertThat(event.logger()).isEqualTo("com.example.shop.Checkout");
    assertThat(event.extra().object("logentry").text("message"))
        .isEqualTo("payment of order {} failed");
  }

  @Test
  void fillsTemplatesThatCameWithoutTheirText() {
    assertThat(event("{'logentry':{'message':'a %s b %d %s','params':['x',7]}}").title())
        .isEqualTo("a x b 7 %s");
    assertThat(event("{'message':{'message':'a {} b','params':[[1]]}}").title())
        .isEqualTo("a [1] b");
  }

  @Test
  void makesATitleOfTheFirstLineAndKeepsTheRest() {
    Event event = event("{'message':'first\\nsecond'}");

    assertThat(event.title()).isEqualTo("first");
    assertThat(event.message()).isEqualTo("first\nsecond");
    assertThat(event("{}").title()).isEqualTo("(untitled)");
    assertThat(event("{'exception':[{'type':'E','value':'\\n  v\\nw'}]}").title())
        .isEqualTo("E: v");
    assertThat(event("{'exception':{'type':'E'}}").title()).isEqualTo("E");
    assertThat(event("{'transaction':'GET /x'}").title()).isEqualTo("GET /x");
    assertThat(event("{'message':'" + "x".repeat(900) + "'}").title()).hasSize(250).endsWith("…");
  }

  @ParameterizedTest
  @CsvSource({
    "1795304532.0626789, 2026-11-21T23:42:12.062678900Z",
    "'\"1795304532.5\"', 2026-11-21T23:42:12.500Z",
    "'\"2026-11-21T23:42:12.123456Z\"', 2026-11-21T23:42:12.123456Z",
    "'\"2026-11-22T00:42:12+01:00\"', 2026-11-21T23:42:12Z",
    "'\"2026-11-21T23:42:12\"', 2026-11-21T23:42:12Z",
    "'\"2026-11-21 23:42:12.5\"', 2026-11-21T23:42:12.500Z"
  })
  void readsTimesInAllTheirForms(String json, Instant time) {
    assertThat(event("{\"timestamp\":" + json + "}").time()).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "1e999999999",
    "-1e999999999",
    "'\"soon\"'",
    "[]",
    "true",
    "'\"2026-13-41T00:00:00Z\"'"
  })
  void takesTheArrivalForTimesThatAreNone(String json) {
    Event event = event("{\"timestamp\":" + json + "}");

    assertThat(event.time()).isEqualTo(NOW);
    assertThat(event.marks()).extracting(Mark::field).containsExactly("timestamp");
  }

  @Test
  void correctsAClockThatIsFarOff() {
    String text =
        "{'sent_at':'2026-11-21T22:45:00Z'}\n{'type':'event'}\n"
            + "{'timestamp':'2026-11-21T22:44:50Z','breadcrumbs':"
            + "[{'timestamp':'2026-11-21T22:44:40Z'}]}";

    Event event = envelope(text).getFirst();
    Event near = envelope(text.replace("22:45:00Z'}\n", "23:44:30Z'}\n")).getFirst();

    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-21T23:44:50Z"));
    assertThat(event.breadcrumbs().getFirst().time())
        .isEqualTo(Instant.parse("2026-11-21T23:44:40Z"));
    assertThat(event.marks())
        .containsExactly(new Mark("time", Mark.Change.CLAMPED, "2026-11-21T22:44:50Z"));
    assertThat(near.marks()).isEmpty();
    assertThat(near.time()).isEqualTo(Instant.parse("2026-11-21T22:44:50Z"));
  }

  @Test
  void prefersTheEnvelopesIdForItsFirstEventOnly() {
    String first = "9ec79c33ec9942ab8353589fcb2e04dc";
    String own = "11111111111111111111111111111111";

    List<Event> events =
        envelope(
            "{'event_id':'"
                + first
                + "'}\n{'type':'event'}\n{'event_id':'"
                + own
                + "'}\n{'type':'event'}\n{'event_id':'"
                + own
                + "'}\n{'type':'event'}\n{'event_id':'00000000000000000000000000000000'}");

    assertThat(events.get(0).id()).hasToString(first);
    assertThat(events.get(0).extra().text("event_id")).isEqualTo(own);
    assertThat(events.get(1).id()).hasToString(own);
    assertThat(events.get(2).id().toString()).doesNotContain("0000000000");
    assertThat(events.get(2).marks()).extracting(Mark::field).containsExactly("event_id");
  }

  @Test
  void dropsSingleFieldsOfTheWrongType() {
    Event event =
        event(
            "{'message':[1],'level':{},'release':[],'tags':5,'user':'me','request':7,"
                + "'contexts':[],'breadcrumbs':'x','fingerprint':3,'extra':'y','environment':'e',"
                + "'exception':{'values':[{'type':'E','stacktrace':{'frames':["
                + "{'lineno':'x','in_app':'y','vars':[],'pre_context':{},'function':'f'}]}}]}}");

    assertThat(event.environment()).isEqualTo("e");
    assertThat(event.title()).isEqualTo("E");
    assertThat(event.exceptions().getFirst().frames().getFirst().function()).isEqualTo("f");
    assertThat(event.marks())
        .allMatch(mark -> mark.change() == Mark.Change.DROPPED)
        .extracting(Mark::field)
        .contains(
            "message",
            "level",
            "release",
            "tags",
            "user",
            "request",
            "contexts",
            "breadcrumbs",
            "fingerprint",
            "extra",
            "exceptions.frames.lineno",
            "exceptions.frames.in_app",
            "exceptions.frames.vars",
            "exceptions.frames.pre_context");
  }

  @Test
  void fillsInTheAddressWhenAsked() {
    assertThat(event("{'user':{'ip_address':'{{auto}}'}}").user().ip()).isEqualTo("198.51.100.9");
    assertThat(event("{'sdk':{'settings':{'infer_ip':'auto'}}}").user().ip())
        .isEqualTo("198.51.100.9");
    assertThat(event("{'sdk':{'settings':{'infer_ip':'never'}},'user':{}}").user())
        .isEqualTo(User.EMPTY);
  }

  @Test
  void keepsTheApplicationsNamesApartFromTheProtocols() {
    Event event = event("{'extra':{'sdk':'mine'},'sdk':{'name':'s'},'zork':[1,null]}");

    assertThat(event.extra().text("sdk")).isEqualTo("mine");
    assertThat(event.extra().object("sentry.sdk").text("name")).isEqualTo("s");
    assertThat(event.extra().array("zork")).hasSize(2);
  }

  @Test
  void readsOlderStoreBodies() throws IOException {
    byte[] json = "{\"message\":\"old\"}".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(json);
    }
    byte[] base64 = Base64.getEncoder().encode(zlib.toByteArray());

    for (byte[] body : List.of(json, zlib.toByteArray(), base64)) {
      Decoded.Events decoded = (Decoded.Events) decoder().store(body, CONTEXT);
      assertThat(decoded.events().getFirst().title()).isEqualTo("old");
    }
    assertThat(decoder().store(new byte[] {0x78, 1, 2}, CONTEXT))
        .isInstanceOf(Decoded.Malformed.class);
    assertThat(decoder().store(new byte[0], CONTEXT)).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void refusesAZlibBomb() throws IOException {
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(new byte[64 << 20]);
    }

    assertThat(decoder().store(zlib.toByteArray(), CONTEXT)).isInstanceOf(Decoded.TooLarge.class);
  }
}
