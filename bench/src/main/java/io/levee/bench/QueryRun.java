package io.levee.bench;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Asks one side one question again and again, and then looks at the answers. Used by one thread.
 */
final class QueryRun {
  private static final JsonText JSON =
      new JsonText(new JsonLimits(64, 20_000_000, 100_000, 64 << 20));
  private static final int OK = 200;
  private static final int WARM_ASKINGS_MIN = 2;

  private final long seed;
  private final int askings;
  private final Duration warmUp;
  private final Duration length;

  /**
   * @param askings at most, after the warm-up
   * @param warmUp how long is asked before
   * @param length how long is asked at most, though five askings at least
   */
  QueryRun(long seed, int askings, Duration warmUp, Duration length) {
    this.seed = seed;
    this.askings = askings;
    this.warmUp = warmUp;
    this.length = length;
  }

  /** One side: where it is asked, and how its answers are read. */
  interface Side {
    Conversation.Reply ask(Asked asked) throws IOException;

    List<String> lines(Asked asked, Json.Obj answer);

    /** How an answer came about, when it says so; otherwise empty. */
    String how(Conversation.Reply reply) throws IOException;
  }

  /** The side that is measured. */
  static Side levee(Conversation conversation) {
    return new Side() {
      @Override
      public Conversation.Reply ask(Asked asked) throws IOException {
        return conversation.ask("GET", asked.leveePath(), new byte[0]);
      }

      @Override
      public List<String> lines(Asked asked, Json.Obj answer) {
        return asked.right().ofLevee().apply(answer);
      }

      @Override
      public String how(Conversation.Reply reply) throws IOException {
        Json.Obj marks = object(reply.body()).object("marks");
        boolean counted = marks.get("counted_in_index") instanceof Json.Bool(boolean yes) && yes;
        String read = marks.text("events_read");
        return counted ? "counted in the index" : read == null ? "" : read + " events read";
      }
    };
  }

  /** The yardstick. Its cache of whole answers is off; each question is another anyway. */
  static Side openSearch(Conversation conversation) {
    String path = "/" + OpenSearchDoor.INDICES.getFirst() + "/_search?request_cache=false";
    return new Side() {
      @Override
      public Conversation.Reply ask(Asked asked) throws IOException {
        String body = asked.openSearch() == null ? "{}" : asked.openSearch();
        return conversation.ask("POST", path, body.getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public List<String> lines(Asked asked, Json.Obj answer) {
        return asked.right().ofOpenSearch().apply(answer);
      }

      @Override
      public String how(Conversation.Reply reply) {
        return "";
      }
    };
  }

  /** Both sides are asked the same, since what is asked follows from the seed. */
  Measured measure(QuestionKind kind, Side side) throws IOException {
    Random random = new Random(seed);
    long startNanos = System.nanoTime();
    for (int i = 0; i < WARM_ASKINGS_MIN || Times.since(startNanos).compareTo(warmUp) < 0; i++) {
      side.ask(kind.next().apply(random));
    }
    Random measured = new Random(seed + 1);
    List<Duration> times = new ArrayList<>();
    List<Asked> asked = new ArrayList<>();
    List<Conversation.Reply> replies = new ArrayList<>();
    startNanos = System.nanoTime();
    while (times.size() < askings
        && (times.size() < Measured.ASKINGS_MIN || Times.since(startNanos).compareTo(length) < 0)) {
      Asked one = kind.next().apply(measured);
      Conversation.Reply reply = side.ask(one);
      times.add(reply.took());
      asked.add(one);
      replies.add(reply);
    }
    return new Measured(times, side.how(replies.getLast()), wrong(side, asked, replies));
  }

  /** The first answer that isn't right, with what it should be; null when all are. */
  private static @Nullable String wrong(
      Side side, List<Asked> asked, List<Conversation.Reply> replies) throws IOException {
    for (int i = 0; i < asked.size(); i++) {
      Asked one = asked.get(i);
      Conversation.Reply reply = replies.get(i);
      if (reply.status() != OK) {
        return "HTTP " + reply.status() + " " + reply.text();
      }
      List<String> lines = side.lines(one, object(reply.body()));
      Optional<String> difference = difference(one.right().expected().get(), lines);
      if (difference.isPresent()) {
        return one.leveePath() + ": " + difference.get();
      }
    }
    return null;
  }

  /** Where an answer goes another way than it should. */
  static Optional<String> difference(List<String> expected, List<String> lines) {
    for (int i = 0; i < Math.max(expected.size(), lines.size()); i++) {
      String should = i < expected.size() ? expected.get(i) : "nothing";
      String is = i < lines.size() ? lines.get(i) : "nothing";
      if (!should.equals(is)) {
        return Optional.of(
            "line %d of %d: %s (expected: %s, of %d)"
                .formatted(i + 1, lines.size(), is, should, expected.size()));
      }
    }
    return Optional.empty();
  }

  private static Json.Obj object(byte[] bytes) throws IOException {
    return switch (JSON.parse(bytes)) {
      case JsonText.Value(Json.Obj object) -> object;
      case JsonText.Parsed other -> throw new IOException("answer: " + other);
    };
  }
}
