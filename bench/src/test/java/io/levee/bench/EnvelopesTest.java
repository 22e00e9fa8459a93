package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EnvelopesTest {
  private static final int BODY_BYTES = (int) (2.9 * 1024);
  private static final long SEED = 42;
  private static final Target TARGET = new Target("127.0.0.1", 7575, "abc123", "1");
  private static final Instant NOW = Instant.parse("2026-11-22T08:09:10.007Z");

  private final Envelopes envelopes = new Envelopes(TARGET, SEED, Clock.fixed(NOW, ZoneOffset.UTC));

  /** A request taken apart. */
  private record Sent(String head, String body) {
    Json.Obj line(int number) {
      byte[] line = body.split("\n")[number].getBytes(StandardCharsets.UTF_8);
      return switch (new JsonText(JsonLimits.DEFAULT).parse(line)) {
        case JsonText.Value(Json.Obj object) -> object;
        case JsonText.Parsed other -> throw new AssertionError("line " + number + ": " + other);
      };
    }

    Json.Obj exception() {
      return (Json.Obj) line(2).object("exception").array("values").getFirst();
    }
  }

  private Sent sent(long sequence) {
    ByteBuffer request = envelopes.request(sequence);
    String[] parts = StandardCharsets.UTF_8.decode(request).toString().split("\r\n\r\n");
    return new Sent(parts[0], parts[1]);
  }

  @Test
  void isRequestWithItsLength() {
    Sent sent = sent(7);

    assertThat(sent.head())
        .startsWith("POST /api/1/envelope/ HTTP/1.1\r\nHost: 127.0.0.1:7575\r\n")
        .contains("sentry_key=abc123")
        .endsWith("Content-Length: " + sent.body().length());
  }

  @Test
  void measuresAboutThreeKibibytes() {
    for (long sequence = 0; sequence < 1_000; sequence++) {
      assertThat(sent(sequence).body().length())
          .isBetween((int) (BODY_BYTES * 0.95), (int) (BODY_BYTES * 1.05));
    }
  }

  @Test
  void holdsEightFramesFiveBreadcrumbsThreeTags() {
    Json.Obj event = sent(3).line(2);

    assertThat(sent(3).exception().object("stacktrace").array("frames")).hasSize(8);
    assertThat(event.object("breadcrumbs").array("values")).hasSize(5);
    assertThat(event.object("tags").fields()).hasSize(3);
    assertThat(sent(3).body()).doesNotContain("#");
  }

  @Test
  void growsByBreadcrumbs() {
    Envelopes large = new Envelopes(TARGET, SEED, Clock.fixed(NOW, ZoneOffset.UTC), 50 << 10);
    String request = StandardCharsets.UTF_8.decode(large.request(3)).toString();
    Sent sent = new Sent("", request.split("\r\n\r\n")[1]);

    assertThat(sent.body()).doesNotContain("#");
    assertThat(large.eventBytes(3)).isBetween(50 << 10, 52 << 10);
    assertThat(sent.line(2).object("breadcrumbs").array("values")).hasSizeBetween(60, 100);
    assertThat(sent.exception().object("stacktrace").array("frames")).hasSize(8);
  }

  @Test
  void itemHeaderNamesTheItemsLength() {
    Sent sent = sent(11);
    int length = sent.body().split("\n")[2].length();

    assertThat(sent.line(1).text("length")).isEqualTo(Integer.toString(length));
    assertThat(envelopes.eventBytes(11)).isEqualTo(length);
  }

  @Test
  void idsDifferAndFollowFromSeedAndNumber() {
    Set<String> ids = new HashSet<>();
    for (long sequence = 0; sequence < 20_000; sequence++) {
      ids.add(Envelopes.eventId(SEED, sequence));
    }

    assertThat(ids).hasSize(20_000);
    assertThat(sent(99).line(0).text("event_id")).isEqualTo(Envelopes.eventId(SEED, 99));
    assertThat(sent(99).line(2).text("event_id")).isEqualTo(Envelopes.eventId(SEED, 99));
  }

  @Test
  void hasHundredIssuesAndUsers() {
    Set<String> types = new HashSet<>();
    Set<String> users = new HashSet<>();
    for (long sequence = 0; sequence < 3_000; sequence++) {
      Sent sent = sent(sequence);
      types.add(sent.exception().text("type"));
      users.add(sent.line(2).object("user").text("id"));
    }

    assertThat(types).hasSize(100);
    assertThat(users).hasSize(100);
  }

  @Test
  void carriesTheTimeOfSending() {
    Sent sent = sent(5);
    List<Json> crumbs = sent.line(2).object("breadcrumbs").array("values");

    assertThat(sent.line(0).text("sent_at")).isEqualTo("2026-11-22T08:09:10.007Z");
    assertThat(sent.line(2).text("timestamp")).isEqualTo("1795334950.007");
    assertThat(((Json.Obj) crumbs.getLast()).text("timestamp")).isEqualTo("1795334949.870");
  }

  @Test
  void probeHasTagOfItsOwn() {
    ByteBuffer probe = envelopes.request(5, "p123456789abcdef");

    assertThat(StandardCharsets.UTF_8.decode(probe).toString())
        .contains("\"shard\":\"p123456789abcdef\"");
    assertThat(sent(5).line(2).object("tags").text("shard")).isEqualTo("eu-west-1a-00002");
  }
}
