package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpConfig;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The senders against small servers in this process. */
final class FloodTest {
  private static final Duration LENGTH = Duration.ofMillis(400);
  private static final long SEED = 1;

  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final AtomicInteger calls = new AtomicInteger();

  private interface Trial {
    void on(Target target) throws IOException, InterruptedException;
  }

  private static void serving(Endpoint endpoint, Trial test)
      throws IOException, InterruptedException {
    try (HttpServer server = new HttpServer(HttpConfig.on("127.0.0.1", 0), endpoint)) {
      server.start();
      test.on(new Target("127.0.0.1", server.port(), "key", "1"));
    }
  }

  private HttpReply take(HttpCall call) {
    try {
      String body = new String(call.body().readAllBytes(), StandardCharsets.UTF_8);
      ids.add(body.substring(13, 45));
      return HttpReply.text(200, "{}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everySlotIsSentAndCountedOnce() throws IOException, InterruptedException {
    serving(
        this::take,
        target -> {
          Flood flood = new Flood(target, 8, SEED);
          LoadReport first = flood.run(500, LENGTH);
          LoadReport second = flood.run(500, LENGTH);

          assertThat(first.scheduled()).isEqualTo(200);
          assertThat(first.accepted()).isEqualTo(first.sent()).isPositive();
          assertThat(second.accepted()).isEqualTo(second.sent()).isPositive();
          assertThat(first.bad() + second.bad()).isZero();
          assertThat(first.latency().count()).isEqualTo(first.sent());
          assertThat(first.lag().count()).isEqualTo(200);
          assertThat(first.eventBytes())
              .isBetween(first.accepted() * 2_500, first.accepted() * 3_000);
          assertThat(flood.accepted()).isEqualTo(first.accepted() + second.accepted());
          assertThat(ids).hasSize((int) flood.accepted()).contains(Envelopes.eventId(SEED, 200));
        });
  }

  @Test
  void refusalsAreCountedByStatus() throws IOException, InterruptedException {
    serving(
        call -> calls.incrementAndGet() % 4 == 0 ? HttpReply.text(429, "later") : take(call),
        target -> {
          LoadReport load = new Flood(target, 4, SEED).run(500, LENGTH);

          assertThat(load.statuses())
              .isEqualTo(Map.of(200, load.sent() - load.sent() / 4, 429, load.sent() / 4));
          assertThat(load.failure()).isEqualTo("accepted < 90 % of scheduled");
        });
  }

  @Test
  void waitingForServerCountsFromWhenItWasDue() throws IOException, InterruptedException {
    serving(
        call -> {
          if (calls.incrementAndGet() == 1) {
            pause(Duration.ofMillis(350));
          }
          return take(call);
        },
        target -> {
          LoadReport load = new Flood(target, 1, SEED).run(100, LENGTH);

          // One connection, blocked for 350 of 400 ms: those that were due meanwhile are late.
          assertThat(load.lag().max()).isGreaterThan(Duration.ofMillis(200));
          assertThat(load.latency().max()).isGreaterThan(Duration.ofMillis(250));
          assertThat(load.scheduled()).isEqualTo(40);
        });
  }

  @Test
  void emptyPostTakesEverything() throws IOException, InterruptedException {
    serving(
        EmptyPost.endpoint(),
        target -> {
          LoadReport load = new Flood(target, 4, SEED).run(500, LENGTH);

          assertThat(load.accepted()).isEqualTo(load.sent()).isPositive();
          assertThat(load.bad()).isZero();
        });
  }

  @Test
  void stubbornSendersRepeatWhatWasRefused() throws IOException, InterruptedException {
    serving(
        call -> calls.incrementAndGet() % 3 == 0 ? HttpReply.text(503, "later") : take(call),
        target -> {
          StubbornSenders senders = new StubbornSenders(SEED, 4, 1_000);
          CountDownLatch enough = new CountDownLatch(1);
          senders.sendDuring(
              target, () -> assertThat(enough.await(300, TimeUnit.MILLISECONDS)).isFalse());
          serving(this::take, senders::finish);

          List<String> acknowledged = new ArrayList<>(senders.acknowledgedIds());
          assertThat(senders.retries()).isPositive();
          assertThat(acknowledged).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
        });
  }

  /** A server that is slow; nothing waits for it to have slept. */
  private static void pause(Duration length) {
    try {
      assertThat(new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
