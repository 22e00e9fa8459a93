package io.levee.bench;

import io.levee.engine.run.ThreadPriority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends one load and waits for its answers, on the calling thread. Slots that come due while every
 * connection is busy are sent late, and their latency still counts from when they were due; what is
 * unsent when the last slot's time is over stays unsent. An impatient one gives such slots up at
 * once: so do clients whose own queues are full. Run once.
 */
final class Generator {
  private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(10);
  private static final int RECEIVE_BYTES = 16 << 10;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int OK = 200;

  /**
   * The generator stands for clients on other machines; beside a server with more busy threads than
   * there are cores it would wait for its turn instead, and measure the kernel's scheduler. Who may
   * not have it goes on as it was.
   */
  private static final int NICE = -15;

  private static final int NICE_USUAL = 0;

  private final Target target;
  private final int connections;
  private final Envelopes envelopes;
  private final long firstSequence;
  private final boolean impatient;

  private final Deque<Connection> idle = new ArrayDeque<>();
  private final List<Connection> all = new ArrayList<>();
  private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVE_BYTES);
  private final LatencyHistogram latency = new LatencyHistogram();
  private final LatencyHistogram acceptedLatency = new LatencyHistogram();
  private final LatencyHistogram lag = new LatencyHistogram();
  private final Map<Integer, Long> statuses = new TreeMap<>();
  private long sent;
  private long errors;
  private long eventBytes;
  private long lastAnswerNanos;

  /**
   * @param firstSequence the first event's number; the following have the following
   */
  Generator(Target target, int connections, Envelopes envelopes, long firstSequence) {
    this(target, connections, envelopes, firstSequence, false);
  }

  /**
   * @param impatient whether what comes due while every connection is busy is given up
   */
  Generator(
      Target target, int connections, Envelopes envelopes, long firstSequence, boolean impatient) {
    this.impatient = impatient;
    this.target = target;
    this.connections = connections;
    this.envelopes = envelopes;
    this.firstSequence = firstSequence;
  }

  /**
   * Runs the load.
   *
   * @throws IOException when not even one connection can be made at the start
   */
  LoadReport run(double perSecond, Duration length) throws IOException {
    Duration cpuBefore = Times.ownCpu();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        Connection connection = new Connection(target.address(), selector);
        connection.connect();
        all.add(connection);
        idle.add(connection);
      }
      ThreadPriority.nice(NICE); // Ahead of the schedule: the first time takes a while.
      SlotSchedule schedule = SlotSchedule.lasting(System.nanoTime(), perSecond, length);
      try {
        flood(selector, schedule);
      } finally {
        ThreadPriority.nice(NICE_USUAL);
        for (Connection connection : all) {
          connection.close();
        }
      }
      Duration lasted =
          Duration.ofNanos(Math.max(schedule.endNanos(), lastAnswerNanos) - schedule.startNanos());
      return new LoadReport(
          perSecond,
          lasted,
          schedule.slots(),
          sent,
          statuses,
          errors,
          latency,
          acceptedLatency,
          lag,
          eventBytes,
          Times.ownCpu().minus(cpuBefore));
    }
  }

  private void flood(Selector selector, SlotSchedule schedule) throws IOException {
    long next = 0;
    long endNanos = schedule.endNanos();
    lastAnswerNanos = schedule.startNanos();
    while (true) {
      long now = System.nanoTime();
      boolean over = now - endNanos >= 0;
      while (!over
          && next < schedule.slots()
          && !idle.isEmpty()
          && now - schedule.dueNanos(next) >= 0) {
        send(schedule, next++);
        now = System.nanoTime();
      }
      if (impatient && idle.isEmpty()) {
        next = Math.max(next, schedule.dueAt(now));
      }
      boolean unsent = !over && next < schedule.slots();
      if (!unsent && idle.size() == all.size()) {
        break;
      }
      if (now - endNanos > ANSWER_WAIT_MAX.toNanos()) {
        errors += all.size() - idle.size();
        break;
      }
      long until =
          unsent && !idle.isEmpty()
              ? schedule.dueNanos(next)
              : over ? now + ANSWER_WAIT_MAX.toNanos() : endNanos;
      await(selector, schedule, until - now);
    }
    for (; next < schedule.slots() && !impatient; next++) {
      lag.record(endNanos - schedule.dueNanos(next)); // Never sent: it lagged at least so long.
    }
  }

  private void send(SlotSchedule schedule, long slot) throws IOException {
    Connection connection = idle.removeFirst();
    ByteBuffer request = envelopes.request(firstSequence + slot);
    lag.record(System.nanoTime() - schedule.dueNanos(slot));
    try {
      connection.send(slot, request);
      sent++;
    } catch (IOException e) {
      failed(connection);
    }
  }

  private void await(Selector selector, SlotSchedule schedule, long nanos) throws IOException {
    long millis = Math.max(1, nanos / NANOS_PER_MILLI);
    selector.select(key -> receive(key, schedule), millis);
  }

  private void receive(SelectionKey key, SlotSchedule schedule) {
    Connection connection = (Connection) key.attachment();
    long slot = connection.slot();
    try {
      int status = connection.receive(received);
      if (status == ReplyReader.MORE) {
        return;
      }
      lastAnswerNanos = System.nanoTime();
      latency.record(lastAnswerNanos - schedule.dueNanos(slot));
      statuses.merge(status, 1L, Long::sum);
      if (status == OK) {
        acceptedLatency.record(lastAnswerNanos - schedule.dueNanos(slot));
      }
      eventBytes += status == OK ? envelopes.eventBytes(firstSequence + slot) : 0;
      idle.addLast(connection);
    } catch (IOException e) {
      if (slot < 0) {
        drop(connection); // It is among the idle, and connects anew when it is needed.
      } else {
        failed(connection);
      }
    }
  }

  private void failed(Connection connection) {
    drop(connection);
    errors++;
    idle.addLast(connection);
  }

  private static void drop(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
