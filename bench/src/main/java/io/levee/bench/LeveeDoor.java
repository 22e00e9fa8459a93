package io.levee.bench;

import io.levee.bench.corpus.Corpus;
import io.levee.bench.corpus.EventText;
import io.levee.bench.corpus.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Levee's API, with a key for each project: the one that is asked about, and two neighbours. What
 * is refused for now is sent again with the same ids.
 */
final class LeveeDoor implements CorpusLoader.Door {
  private static final int OK = 200;
  private static final int THROTTLED = 429;
  private static final int UNAVAILABLE = 503;
  private static final Duration AGAIN_AFTER = Duration.ofMillis(250);

  private final Target server;
  private final List<String> keys;
  private final Corpus corpus;
  private final EventText events;

  /**
   * @param keys of the project that is asked about, then of its neighbours
   */
  LeveeDoor(Target server, List<String> keys, Corpus corpus) {
    this.server = server;
    this.keys = List.copyOf(keys);
    this.corpus = corpus;
    this.events = new EventText(corpus);
  }

  @Override
  public Conversation open() throws IOException {
    return Conversation.with(
        server.host(), server.port(), "Content-Type: application/x-ndjson\r\n");
  }

  @Override
  public void send(Conversation to, long from, long end) throws IOException, InterruptedException {
    List<StringBuilder> bodies = keys.stream().map(key -> new StringBuilder()).toList();
    for (long number = from; number < end; number++) {
      Facts event = corpus.facts(number);
      events.append(bodies.getFirst(), event);
      bodies.getFirst().append('\n');
      int neighbour = corpus.neighbour(number);
      if (neighbour != Facts.NONE) {
        events.appendNeighbour(bodies.get(1 + neighbour), event);
        bodies.get(1 + neighbour).append('\n');
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      if (!bodies.get(i).isEmpty()) {
        send(to, keys.get(i), bodies.get(i).toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void send(Conversation to, String key, byte[] body)
      throws IOException, InterruptedException {
    while (true) {
      Conversation.Reply reply = to.ask("POST", "/api/v1/events?key=" + key, body);
      if (reply.status() == OK) {
        return;
      }
      if (reply.status() != THROTTLED && reply.status() != UNAVAILABLE) {
        throw new IOException("HTTP " + reply.status() + " " + reply.text());
      }
      Thread.sleep(AGAIN_AFTER);
    }
  }
}
