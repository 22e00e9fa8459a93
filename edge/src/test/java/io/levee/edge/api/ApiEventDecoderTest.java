package io.levee.edge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ApiEventDecoderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final ApiEventDecoder decoder = new ApiEventDecoder(new Random(1));

  private Decoded decode(String body) {
    return decoder.decode(
        body.getBytes(StandardCharsets.UTF_8),
        new DecodeContext(new ProjectId(7), NOW, "127.0.0.1"));
  }

  private List<Event> events(String body) {
    Decoded decoded = decode(body);
    assertThat(decoded).as(String.valueOf(decoded)).isInstanceOf(Decoded.Events.class);
    return ((Decoded.Events) decoded).events();
  }

  private String complaint(String body) {
    Decoded decoded = decode(body);
    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    return ((Decoded.Malformed) decoded).sentence();
  }

  @Test
  void aTitleIsEnough() {
    Event event = events("{\"title\":\"x\"}").getFirst();

    assertThat(event.title()).isEqualTo("x");
    assertThat(event.time()).isEqualTo(NOW);
    assertThat(event.level()).isEqualTo(Level.ERROR);
    assertThat(event.project()).isEqualTo(new ProjectId(7));
  }

  @Test
  void oneAnArrayOrOneALine() {
    assertThat(events("{\"title\":\"a\"}")).hasSize(1);
    assertThat(events("[{\"title\":\"a\"},{\"title\":\"b\"}]")).hasSize(2);
    assertThat(events("{\"title\":\"a\"}\r\n\n{\"title\":\"b\"}\n{\"title\":\"c\"}")).hasSize(3);
  }

  @Test
  void whatItDoesNotKnowIsKept() {
    Event event = events("{\"title\":\"x\",\"mood\":\"calm\",\"extra\":{\"n\":1}}").getFirst();

    assertThat(event.extra().text("mood")).isEqualTo("calm");
    assertThat(event.extra().text("n")).isEqualTo("1");
  }

  @Test
  void canonicalJsonIsTakenAsItIs() {
    String canonical =
        "{\"id\":\"00000000000000010000000000000002\",\"title\":\"x\",\"time\":\"2026-11-20T10:00:00.123456Z\",\"level\":\"fatal\","
            + "\"tags\":{\"a\":\"b\"},\"exceptions\":[{\"type\":\"T\",\"frames\":[{\"function\":\"f\",\"line\":3}]}]}";

    Event event = events(canonical).getFirst();

    assertThat(CanonicalJson.read(CanonicalJson.write(event))).isEqualTo(event);
    assertThat(event.exceptions().getFirst().frames().getFirst().line()).isEqualTo(3);
  }

  @Test
  void whoTheEventBelongsToIsNotForTheSenderToSay() {
    Event event =
        events("{\"title\":\"x\",\"project\":99,\"weight\":1000,\"fingerprint\":{\"value\":\"x\"}}")
            .getFirst();

    assertThat(event.project()).isEqualTo(new ProjectId(7));
    assertThat(event.weight()).isEqualTo(1);
  }

  @Test
  void timesComeInSecondsToo() {
    assertThat(events("{\"title\":\"x\",\"time\":1795255200.25}").getFirst().time())
        .isEqualTo(Instant.ofEpochSecond(1795255200, 250_000_000));
    assertThat(events("{\"title\":\"x\",\"time\":\"2026-11-21T12:00:00+02:00\"}").getFirst().time())
        .isEqualTo(NOW);
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(complaint("{\"title\":}")).contains("byte");
    assertThat(complaint("{}")).contains("expected: a title or a message");
    assertThat(complaint("[{\"title\":\"a\"},{\"title\":1}]"))
        .contains("title")
        .contains("event 2");
    assertThat(complaint("{\"title\":\"a\"}\n{\"title\":\"b\",\"level\":\"loud\"}"))
        .contains("\"loud\"")
        .contains("event 2");
    assertThat(complaint("{\"title\":\"a\",\"id\":\"42\"}"))
        .contains("expected: 32 hex digits or a UUID");
    assertThat(complaint("{\"title\":\"a\",\"time\":\"soon\"}")).contains("expected: RFC 3339");
    assertThat(complaint("{\"title\":\"a\",\"time\":1e999999999}")).contains("time");
    assertThat(complaint("{\"title\":\"a\",\"tags\":[]}")).contains("tags").contains("object");
    assertThat(complaint("")).contains("no event");
    assertThat(complaint("[1]")).contains("must be an object");
  }

  @Test
  void moreThanTheLimitsIsTooLarge() {
    assertThat(decode("[".repeat(100_000))).isInstanceOf(Decoded.TooLarge.class);
    assertThat(decode("[" + "{\"title\":\"x\"},".repeat(10_000) + "{\"title\":\"x\"}]"))
        .isInstanceOf(Decoded.TooLarge.class);
  }

  @Test
  void tooManyLinesAreToldBeforeTheyAreRead() {
    String lines = "{\"title\":\"x\"}\n\n".repeat(9_999);
    assertThat(decode(lines + "not JSON")).isInstanceOf(Decoded.Malformed.class);
    assertThat(decode(lines + "{\"title\":\"x\"}")).isInstanceOf(Decoded.Events.class);

    assertThat(decode(lines + "not JSON\n\r\n too many")).isInstanceOf(Decoded.TooLarge.class);
  }
}
