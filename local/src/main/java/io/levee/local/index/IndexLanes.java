package io.levee.local.index;

import io.levee.engine.bus.Delivery;
import io.levee.event.Event;
import io.levee.event.EventHeader;
import io.levee.event.EventId;
import io.levee.event.EventReader;
import io.levee.event.ProjectId;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The threads that make documents of a batch: the caller's own, and for a large batch another. A
 * batch is large when the index is behind, after a flood or in a rebuild, and only then a second
 * core pays for the second small segment that it leaves at every refresh.
 *
 * <p>Events are dealt out by their tie, so that those that replace each other stay in one lane and
 * in order. Used by the thread that writes the index.
 */
final class IndexLanes implements AutoCloseable {
  /** As many as {@link Slice} has filters for. */
  static final int COUNT = 2;

  private static final int LARGE_BATCH_EVENTS = 1_000;

  private final Lane first = new Lane();
  private final Lane second = new Lane();
  private @Nullable ExecutorService helper;

  /** What one thread needs. */
  private static final class Lane {
    private final EventReader events = new EventReader();
    private final EventDocument documents = new EventDocument();

    void put(Slice slice, List<Entry> entries) throws IOException {
      for (Entry entry : entries) {
        Event parsed = entry.parsed();
        slice.put(documents, parsed == null ? events.read(entry.json()) : parsed, entry.json());
      }
    }
  }

  /**
   * An event to be put into the index.
   *
   * @param json canonical
   * @param parsed the same, when somebody had to read it already
   */
  @SuppressWarnings("ArrayRecordComponent") // Only passed on.
  record Entry(EventId id, ProjectId project, Instant time, byte[] json, @Nullable Event parsed) {
    static Entry of(Delivery delivery) {
      EventHeader header = delivery.record().header();
      return new Entry(
          header.id(), header.project(), header.time(), delivery.record().body(), null);
    }

    static Entry of(Event event, byte[] json) {
      return new Entry(event.id(), event.project(), event.time(), json, event);
    }

    LocalDate day() {
      return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
  }

  /** Which lane an event goes through. */
  static int lane(long tie) {
    return tie < 0 ? 1 : 0;
  }

  /** Whether so many events at once say that the index is behind. */
  static boolean isLarge(int events) {
    return events >= LARGE_BATCH_EVENTS;
  }

  /** Puts events into their slice, which is open; returns when all are in, or one could not be. */
  void put(Slice slice, List<Entry> entries) throws IOException {
    if (!isLarge(entries.size())) {
      first.put(slice, entries);
      return;
    }
    List<Entry> own = new ArrayList<>();
    List<Entry> others = new ArrayList<>();
    for (Entry entry : entries) {
      (lane(Schema.tie(entry.id(), entry.project())) == 0 ? own : others).add(entry);
    }
    Callable<Boolean> work =
        () -> {
          second.put(slice, others);
          return true;
        };
    Future<Boolean> helping = helper().submit(work);
    try {
      first.put(slice, own);
    } finally {
      join(helping);
    }
  }

  private ExecutorService helper() {
    ExecutorService known = helper;
    if (known == null) {
      known =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("levee-index-2").factory());
      helper = known;
    }
    return known;
  }

  /** Waits to the end even when interrupted: nobody else may write meanwhile. */
  private static void join(Future<Boolean> helping) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          helping.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the other thread; the lanes can be used again afterwards. */
  @Override
  public void close() {
    ExecutorService known = helper;
    helper = null;
    if (known != null) {
      known.shutdown();
    }
  }
}
