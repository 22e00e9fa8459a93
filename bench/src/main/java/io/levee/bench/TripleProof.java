package io.levee.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-triple}: every event three times, in any order, across two restarts. */
@Command(
    name = "proof-triple",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends every event three times, all of it shuffled, over many connections; after a third Levee is stopped and",
      "started, after two thirds killed and started. Every event must be stored once and counted once."
    })
final class TripleProof implements Bench {
  private static final int TIMES = 3;
  private static final int OK = 200;

  @Option(
      names = "--events",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description = "How many, each sent three times. Default: ${DEFAULT-VALUE}")
  private int events;

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section("proof-triple: %d events, each sent three times, shuffled".formatted(events));
    Path folder = stage.folder("triple");
    Shuffled shuffled = new Shuffled(stage.seed(), events);
    try (LeveeServer server = stage.serve(folder)) {
      shuffled.send(server, stage.options().connections(), events, () -> {});
      server.jvm().stop();
    }
    try (LeveeServer server = stage.serve(folder)) {
      shuffled.send(server, stage.options().connections(), 2L * events, () -> server.jvm().kill());
    }
    try (LeveeServer server = stage.serve(folder)) {
      shuffled.send(server, stage.options().connections(), (long) TIMES * events, () -> {});
      List<String> ids =
          LongStream.range(0, events)
              .mapToObj(sequence -> Envelopes.eventId(stage.seed(), sequence))
              .toList();
      report.line(
          "  answered with 200: %d, of them after a refusal or a broken connection %d",
          shuffled.answered.get(), shuffled.again.get());
      boolean good =
          new Audit(server.api(), report).everything(ids, (TIMES - 1L) * events)
              && shuffled.answered.get() == (long) TIMES * events;
      report.line("  %s", good ? "PASSED: stored once, counted once" : "FAILED");
      return good;
    }
  }

  /** What is done once enough was sent, while the senders still send. */
  private interface Then {
    void run() throws InterruptedException;
  }

  /** All that is to be sent, in its order, and how far it has come. */
  private static final class Shuffled {
    private final long seed;
    private final Queue<Long> waiting;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong again = new AtomicLong();

    Shuffled(long seed, int events) {
      this.seed = seed;
      List<Long> all = new ArrayList<>();
      for (long sequence = 0; sequence < events; sequence++) {
        all.addAll(Collections.nCopies(TIMES, sequence));
      }
      Collections.shuffle(all, new Random(seed));
      this.waiting = new ConcurrentLinkedQueue<>(all);
    }

    void send(LeveeServer server, int connections, long until, Then then)
        throws InterruptedException {
      Envelopes prototype = new Envelopes(server.target(), seed, Clock.systemUTC());
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
          senders.add(threads.submit(() -> send(server.target(), prototype.copy(), until, then)));
        }
        for (Future<?> sender : senders) {
          sender.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a sender failed", e.getCause());
      }
    }

    private boolean send(Target target, Envelopes envelopes, long until, Then then)
        throws InterruptedException {
      Long underWay = null;
      try (Courier courier = Courier.to(target)) {
        while (answered.get() < until) {
          underWay = waiting.poll();
          if (underWay == null) {
            return true; // Others have the last ones in hand.
          }
          if (courier.deliver(envelopes.request(underWay)) == OK) {
            if (answered.incrementAndGet() == until) {
              then.run();
            }
          } else {
            back(underWay);
          }
          underWay = null;
        }
      } catch (IOException e) {
        back(underWay);
      }
      return true;
    }

    private void back(@Nullable Long sequence) {
      if (sequence != null) {
        again.incrementAndGet();
        waiting.add(sequence);
      }
    }
  }
}
