package io.levee.bench;

import io.levee.bench.corpus.Corpus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sends all events of a corpus in their order, over several connections at a time. */
final class CorpusLoader {
  static final int BATCH_EVENTS = 2_000;
  private static final int CONNECTIONS = 3;

  private CorpusLoader() {}

  /** One side's way in. Thread-safe. */
  interface Door {
    /** A connection. */
    Conversation open() throws IOException;

    /** Sends the events of these numbers and returns when they were taken. */
    void send(Conversation to, long from, long end) throws IOException, InterruptedException;
  }

  /** Sends them, and returns how long that took when all were taken. */
  static Duration load(Corpus corpus, Door door) throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    AtomicLong next = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        senders.add(
            threads.submit(() -> {
              send(corpus, door, next);
              return true;
            }));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("load: " + e.getCause(), e.getCause());
    }
    return Times.since(startNanos);
  }

  private static void send(Corpus corpus, Door door, AtomicLong next)
      throws IOException, InterruptedException {
    try (Conversation conversation = door.open()) {
      for (long from = next.getAndAdd(BATCH_EVENTS);
          from < corpus.events();
          from = next.getAndAdd(BATCH_EVENTS)) {
        door.send(conversation, from, Math.min(corpus.events(), from + BATCH_EVENTS));
      }
    }
  }
}
