package io.levee.edge.elmah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.fake.Golden;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.Mark;
import io.levee.event.ProjectId;
import io.levee.testkit.EventGenerator;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages to events and back. */
class ElmahMappingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T23:45:00Z");
  private static final DecodeContext CONTEXT = new DecodeContext(new ProjectId(1), NOW, null);

  private final ElmahDecoder decoder = new ElmahDecoder(new Random(1));

  /** Decodes a message written with single quotes. */
  private Event event(String json) {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ((Decoded.Events) decoder.message(body, CONTEXT)).events().getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "Verbose, TRACE",
    "Debug, DEBUG",
    "Information, INFO",
    "Warning, WARNING",
    "Error, ERROR",
    "Fatal, FATAL"
  })
  void mapsEverySeverityBothWays(String severity, Level level) {
    Event event = event("{'title':'t','severity':'" + severity + "'}");

    assertThat(event.level()).isEqualTo(level);
    assertThat(ElmahEncoder.message(event).text("severity")).isEqualTo(severity);
  }

  @Test
  void bringsEveryFieldBackWhateverItsShape() {
    String json =
        "{'title':'a\\nb','titleTemplate':'x {y}','severity':'error','type':'T','detail':'no stack',"
            + "'application':'app','hostname':'h','source':'s','statusCode':999,'user':'u',"
            + "'dateTime':'2026-11-21T10:00:00.0000000+00:00','version':'1','correlationId':'c',"
            + "'code':'a\\nb','category':'cat','method':'GET','url':'/x','zork':{'a':[1,null]},"
            + "'cookies':[{'key':'a','value':1},{'key':'a','value':null},{'value':'x'},7],"
            + "'form':'what','queryString':[{'key':'q','value':'v','more':true}],"
            + "'serverVariables':[{'key':'URL','value':'/y'}],"
            + "'data':[{'key':'X-ELMAHIO-SEARCH-a','value':'1'},{'key':'d','value':{'x':1}},"
            + "{'key':'d','value':'again'},{'key':'elmah','value':'mine'}],"
            + "'breadcrumbs':[{'dateTime':'yesterday','severity':'Odd','action':'A','message':'m'},3]}";

    Json.Obj back = ElmahEncoder.message(reread(event(json)));

    Golden.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .fields()
        .forEach(
            (name, sent) -> assertThat(ElmahEncoder.says(back.get(name), sent)).as(name).isTrue());
    assertThat(back.text("id")).hasSize(32);
  }

  private static Event reread(Event event) {
    return CanonicalJson.read(CanonicalJson.write(event));
  }

  @Test
  void takesMethodAndAddressFromServerVariables() {
    Event event =
        event(
            "{'serverVariables':[{'key':'request_method','value':'PUT'},{'key':'URL','value':'/z'}]}");

    assertThat(event.request().method()).isEqualTo("PUT");
    assertThat(event.request().url()).isEqualTo("/z");
  }

  @Test
  void makesSearchableDataTags() {
    Event event =
        event("{'data':[{'key':'X-ELMAHIO-SEARCH-tenant','value':'acme'},{'key':'n','value':3}]}");

    assertThat(event.tags()).containsEntry("tenant", "acme");
    assertThat(event.extra().get("n")).isEqualTo(Json.number(3));
    assertThat(event.kind()).isEqualTo(Kind.LOG);
  }

  @Test
  void readsDotnetStacks() {
    Event event =
        event(
            "{'title':'Oh','type':'System.Exception','severity':'Error','detail':'System.Exception: Oh\\r\\n"
                + "   at Shop.Basket.Add(Int32 id) in C:\\\\src\\\\Basket.cs:line 42\\r\\n"
                + "   at Shop.Program.<Main>$(String[] args)\\r\\n--- End of inner ---'}");

    ExceptionInfo exception = event.exceptions().getFirst();
    assertThat(exception.value()).isEqualTo("Oh");
    assertThat(exception.frames())
        .extracting(Frame::module, Frame::function, Frame::file, Frame::line)
        .containsExactly(
            tuple("Shop.Basket", "Add", "Basket.cs", 42),
            tuple("Shop.Program", "<Main>$", null, null));
    assertThat(exception.other().text("detail")).contains("--- End of inner ---");
  }

  @Test
  void readsTheExceptionInspector() {
    String tree =
        "{'Type':'Outer','Message':'o','StackTrace':'   at A.B.C()','Source':'src','Inners':["
            + "{'Type':'Inner','Message':'i','Inners':[{'Type':'Deep','Message':'d'}]},"
            + "{'Type':'Second','Message':'s'}]}";
    Event event =
        event(
            "{'title':'t','type':'Deep','data':[{'key':'X-ELMAHIO-EXCEPTIONINSPECTOR','value':'"
                + tree.replace("'", "\\'")
                + "'}]}");

    assertThat(event.exceptions())
        .extracting(ExceptionInfo::type)
        .containsExactly("Outer", "Inner", "Deep", "Second");
    assertThat(event.exceptions().getFirst().frames().getFirst().function()).isEqualTo("C");
    assertThat(ElmahEncoder.message(event).text("type")).isEqualTo("Deep");
  }

  @Test
  void marksWhatItCanNotRead() {
    Event event = event("{'severity':'Zork','dateTime':[],'hostname':{}}");

    assertThat(event.level()).isEqualTo(Level.INFO);
    assertThat(event.time()).isEqualTo(NOW);
    assertThat(event.marks())
        .extracting(Mark::field)
        .containsExactlyInAnyOrder("severity", "dateTime", "hostname");
  }

  @Test
  void tellsEventsFromElsewhere() {
    Event event = new EventGenerator(1, new ProjectId(1), NOW).next();

    Json.Obj message = ElmahEncoder.message(event);
    Json.Obj overview = ElmahEncoder.overview(event, false);

    assertThat(message.text("title")).isEqualTo(event.title());
    assertThat(message.text("detail")).contains("\n    at ");
    assertThat(message.text("type")).isEqualTo(event.exceptions().getFirst().type());
    assertThat(message.array("breadcrumbs")).hasSize(5);
    assertThat(message.array("data")).hasSize(4);
    assertThat(overview.get("data")).isNull();
    assertThat(overview.text("severity")).isIn("Error", "Fatal");
  }

  @Test
  void mutatedMessagesNeverThrow() {
    long seed = 20261121;
    Random random = new Random(seed);
    List<Golden> goldens = Golden.startingWith("elmah-io-");
    long slowestNanos = 0;
    for (int i = 0; i < 1_000; i++) {
      byte[] body = goldens.get(random.nextInt(goldens.size())).body().clone();
      int at = random.nextInt(body.length);
      body[at] = (byte) "{}[],:\"\\x0n".charAt(random.nextInt(11));
      byte[] sent = random.nextInt(10) == 0 ? Arrays.copyOf(body, at) : body;
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Decoded decoded = decoder.message(sent, CONTEXT);
      decoder.bulk(sent, 1000, CONTEXT);
      long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      slowestNanos = i < 300 ? 0 : Math.max(slowestNanos, took);
      if (decoded instanceof Decoded.Events events) {
        events.events().forEach(event -> ElmahEncoder.message(reread(event)));
      }
    }
    assertThat(slowestNanos / 1_000_000).as("seed %s", seed).isLessThan(50);
  }
}
