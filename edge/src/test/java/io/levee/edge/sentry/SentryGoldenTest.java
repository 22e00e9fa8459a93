package io.levee.edge.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.fake.Expected;
import io.levee.edge.fake.Golden;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request of every real client decodes to what its expected file says, and loses nothing. */
class SentryGoldenTest {
  static final Instant RECEIVED = Instant.parse("2026-11-21T23:45:00Z");
  static final ProjectId PROJECT = new ProjectId(1);

  static Stream<Golden> requests() {
    return Golden.startingWith("sentry-").stream();
  }

  static Decoded decode(Golden golden) {
    SentryDecoder decoder = new SentryDecoder(EnvelopeLimits.DEFAULT, new Random(42));
    DecodeContext context = new DecodeContext(PROJECT, received(golden), "198.51.100.9");
    return golden.call().path().contains("/store")
        ? decoder.store(golden.body(), context)
        : decoder.envelope(golden.body(), context);
  }

  /** Right after it was sent, so that no clock seems to be off. */
  private static Instant received(Golden golden) {
    String head = new String(golden.body(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
    String sent = Golden.parse(head.getBytes(StandardCharsets.UTF_8)).text("sent_at");
    return sent == null ? RECEIVED : Instant.parse(sent).plusMillis(20);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void decodesAsExpected(Golden golden) {
    Expected.assertSame(golden.name(), decode(golden));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void everyScalarOfThePayloadIsInTheCanonicalEvent(Golden golden) {
    Decoded.Events decoded = (Decoded.Events) decode(golden);
    List<Event> events = decoded.events();
    Set<String> kept = new HashSet<>();
    for (Event event : events) {
      scalars("", Golden.parse(CanonicalJson.write(event)), (path, text) -> kept.add(text));
    }
    Set<String> sent = new HashSet<>();
    payloads(golden)
        .forEach(payload ->
            scalars(
                "",
                payload,
                (path, text) -> {
                  if (!Exceptions.allows(path, text, kept)) {
                    sent.add(path + "=" + text);
                  }
                }));

    assertThat(sent).as("lost from %s", golden).isEmpty();
    assertThat(events.stream().flatMap(event -> event.marks().stream())).isEmpty();
  }

  private static List<Json> payloads(Golden golden) {
    if (golden.call().path().contains("/store")) {
      return List.of(Golden.parse(golden.body()));
    }
    SentryDecoder decoder = new SentryDecoder(EnvelopeLimits.DEFAULT, new Random(42));
    Envelope envelope = ((Envelope.Parsed) decoder.frame(golden.body())).envelope();
    List<Json> payloads = new ArrayList<>();
    for (Envelope.Item item : envelope.items()) {
      if (Set.of("event", "transaction", "log").contains(item.type())) {
        byte[] bytes =
            Arrays.copyOfRange(golden.body(), item.offset(), item.offset() + item.length());
        payloads.add(Golden.parse(bytes));
      }
    }
    return payloads;
  }

  private interface Leaf {
    void at(String path, String text);
  }

  private static void scalars(String path, Json json, Leaf leaf) {
    switch (json) {
      case Json.Obj object ->
          object.fields().forEach((key, value) -> scalars(path + "/" + key, value, leaf));
      case Json.Arr array -> array.items().forEach(item -> scalars(path, item, leaf));
      case Json.Null ignored -> {}
      case Json scalar -> leaf.at(path, String.valueOf(scalar.scalarText()));
    }
  }

  /** What may look different afterwards, and nothing else. */
  private static final class Exceptions {
    static boolean allows(String path, String text, Set<String> kept) {
      if (kept.contains(text) || text.isEmpty()) {
        return true;
      }
      return switch (path) {
        // Times become RFC 3339.
        case "/timestamp", "/breadcrumbs/timestamp", "/items/timestamp" -> true;
        // Levels become ours: "log" and "warn" have other names here; 9 says what "info" says.
        case "/breadcrumbs/level", "/items/level", "/items/severity_number" -> true;
        // Strings of pairs become pairs.
        case "/request/query_string", "/request/cookies" -> true;
        // The kind says it.
        case "/type" -> text.equals("transaction");
        // The container's, not the log's; what it asks for is done.
        case "/version", "/ingest_settings/infer_ip", "/ingest_settings/infer_user_agent" -> true;
        // A value's JSON type says it.
        default -> path.startsWith("/items/attributes/") && path.endsWith("/type");
      };
    }
  }
}
