package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.issue.IssueId;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages over much data stay small, and so quick. The times are generous: they run anywhere. */
final class LargePagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");
  private static final int WARM_UP_ROUNDS = 20;
  private static final Duration GENEROUS = Duration.ofMillis(400);

  private final World world = new World(new ManualClock(NOW), 7);
  private final Console console = new Console(world.ports());

  private static Frame frame(int number, boolean inApp) {
    List<String> lines = List.of("  int a = 1;", "  int b = 2;", "  int c = 3;");
    return new Frame(
        "method" + number,
        (inApp ? "com.acme.shop.Part" : "org.framework.Chain") + number,
        "File" + number + ".java",
        null,
        number,
        null,
        inApp,
        inApp ? "  fail();" : null,
        inApp ? lines : List.of(),
        inApp ? lines : List.of(),
        Json.object("n", Json.text("v" + number)),
        Json.object(Map.of()));
  }

  private Event event(int number, List<Frame> frames) {
    Json.Obj nothing = Json.object(Map.of());
    return Event.builder(new EventId(number, 77), world.shop.id())
        .time(NOW.minusSeconds(60 + number))
        .received(NOW.minusSeconds(59 + number))
        .title("Failure" + number + ": something went wrong with number " + number)
        .fingerprint(new Fingerprint(1, 5, number))
        .exceptions(
            List.of(
                new ExceptionInfo(
                    "com.acme.Failure" + number,
                    "went wrong",
                    null,
                    true,
                    nothing,
                    frames,
                    nothing)))
        .build();
  }

  private String page(String path) {
    PageResponse response = console.handle(PageRequest.get(path));
    assertThat(response.status()).as(path).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private Duration warm(String path) {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      page(path);
    }
    Duration best = Duration.ofHours(1);
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      page(path);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      best = taken.compareTo(best) < 0 ? taken : best;
    }
    return best;
  }

  @Test
  void foldsAnEventOfFiveHundredFrames() {
    List<Frame> frames = new ArrayList<>();
    IntStream.range(0, 500).forEach(i -> frames.add(frame(i, i % 4 == 0)));
    world.add(List.of(event(1, frames)));

    String path = "/p/shop/events/" + new EventId(1, 77);
    String page = page(path);

    assertThat(page.length()).as("bytes").isLessThan(420_000);
    assertThat(Assets.gzip(page.getBytes(StandardCharsets.UTF_8)).length)
        .as("bytes on the wire")
        .isLessThan(40_000);
    assertThat(page).contains("method499").contains("frames of libraries");
    assertThat(warm(path)).isLessThan(GENEROUS);
  }

  @Test
  void aRecursionOfThousandFramesTakesAFewLines() {
    List<Frame> frames = new ArrayList<>();
    frames.add(frame(1, true));
    IntStream.range(0, 1_000).forEach(i -> frames.add(frame(10 + i % 2, true)));
    frames.add(frame(2, true));
    world.add(List.of(event(1, frames)));

    String page = page("/p/shop/events/" + new EventId(1, 77));

    assertThat(page).contains("The 2 frames above come 499 times more").contains("method2");
    assertThat(page.length()).isLessThan(30_000);
  }

  @Test
  void listsFiftyOfTenThousandIssues() {
    List<Event> events = new ArrayList<>();
    IntStream.rangeClosed(1, 10_000).forEach(i -> events.add(event(i, List.of(frame(i, true)))));
    world.issues.add(events);

    String page = page("/p/shop/issues");

    assertThat(page).contains("10,000 issues").contains("Next page");
    assertThat(page.split("<tr data-row", -1)).hasSize(51);
    assertThat(page.length()).as("bytes").isLessThan(150_000);
    assertThat(world.issues.find(Site.scope(world.shop), new IssueId(1))).isPresent();
  }
}
