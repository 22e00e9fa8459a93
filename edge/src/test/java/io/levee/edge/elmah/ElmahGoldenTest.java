package io.levee.edge.elmah;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.fake.Expected;
import io.levee.edge.fake.Golden;
import io.levee.event.Event;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of the real client decodes as expected, and comes out again as it went in. */
class ElmahGoldenTest {
  static final Instant RECEIVED = Instant.parse("2026-11-21T23:45:00Z");

  static Stream<Golden> messages() {
    return Golden.startingWith("elmah-io-").stream();
  }

  static Decoded decode(Golden golden) {
    DecodeContext context = new DecodeContext(new ProjectId(1), RECEIVED, "198.51.100.9");
    return new ElmahDecoder(new Random(42)).message(golden.body(), context);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decodesAsExpected(Golden golden) {
    Expected.assertSame(golden.name(), decode(golden));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void comesOutAsItWentIn(Golden golden) {
    Event event = ((Decoded.Events) decode(golden)).events().getFirst();

    Json.Obj back = ElmahEncoder.message(event);

    Golden.parse(golden.body())
        .fields()
        .forEach((name, sent) -> {
          if (!(sent instanceof Json.Null)) {
            assertThat(ElmahEncoder.says(back.get(name), sent)).as(name).isTrue();
          }
        });
    assertThat(event.marks()).isEmpty();
  }
}
