package io.levee.local.bus;

import io.levee.engine.accept.Verdict;
import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.RetiringBus;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Finding;
import io.levee.engine.run.Health;
import io.levee.event.EventRecord;
import io.levee.spool.Spool;
import io.levee.spool.SpoolException;
import io.levee.spool.SpoolOptions;
import io.levee.spool.SpoolReader;
import io.levee.spool.SpoolRecord;
import io.levee.spool.SpoolStats;
import io.levee.spool.Storage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bus of a single machine: one partition, number 0, on a {@link Spool}. A group is a reader of
 * the spool.
 */
public final class SpoolEventBus implements EventBus, RetiringBus {
  private static final int PARTITION = 0;
  private static final String BACKEND = "spool";
  private static final long RECENT_BYTES_MAX = 8L << 20;
  private static final Verdict.Unavailable READ_ONLY =
      new Verdict.Unavailable(Duration.ofSeconds(15), "read only");

  private final Storage storage;
  private final SpoolOptions options;
  private final Map<String, SpoolReader> open = new ConcurrentHashMap<>();
  private final RecentDeliveries recent = new RecentDeliveries(PARTITION, RECENT_BYTES_MAX);
  private volatile @Nullable Spool spool;

  public SpoolEventBus(Storage storage, SpoolOptions options) {
    this.storage = storage;
    this.options = options;
  }

  @Override
  public void start() {
    if (spool != null) {
      throw new IllegalStateException("bus is started already (expected: once)");
    }
    spool = calling("open", () -> Spool.open(storage, options));
  }

  @Override
  public void publish(List<EventRecord> records) {
    List<ByteBuffer> encoded = new ArrayList<>(records.size());
    for (EventRecord record : records) {
      encoded.add(ByteBuffer.wrap(record.encode()));
    }
    Spool to = started();
    long first = calling("append", () -> to.append(encoded));
    for (int i = 0; i < encoded.size(); i++) {
      recent.keep(first + i, encoded.get(i).array());
    }
  }

  @Override
  public void barrier() {
    Spool to = started();
    calling(
        "barrier",
        () -> {
          to.barrier();
          return true;
        });
  }

  @Override
  public BusConsumer subscribe(String group, Positions from) {
    Spool of = started();
    SpoolReader reader = calling("subscribe", () -> of.reader(group));
    open.put(group, reader);
    SpoolConsumer consumer = new SpoolConsumer(group, reader);
    consumer.seek(from);
    return consumer;
  }

  @Override
  public void forget(String group) {
    Spool of = started();
    calling("forget", () -> of.forget(group));
  }

  @Override
  public boolean retire(Positions before) {
    Spool of = started();
    recent.forget(before.offset(PARTITION));
    return calling("retire", () -> of.retire(before.offset(PARTITION)));
  }

  @Override
  public Positions end() {
    return new Positions(Map.of(PARTITION, started().durableOffset()));
  }

  @Override
  public List<GroupLag> lag() {
    List<GroupLag> lags = new ArrayList<>();
    open.forEach((group, reader) ->
        lags.add(
            calling(
                "lag",
                () -> {
                  SpoolReader.Lag lag = reader.lag();
                  return new GroupLag(
                      group, lag.records(), lag.bytes(), reader.oldestPending().orElse(null));
                })));
    return lags;
  }

  /** What the spool did and holds, for metrics and pages. */
  public SpoolStats stats() {
    return started().stats();
  }

  /** Turns everybody away while nothing can be made durable, before anything is read. */
  public Verdict.@Nullable Unavailable refusal() {
    Spool of = spool;
    return of != null && of.state() == Spool.State.READ_ONLY ? READ_ONLY : null;
  }

  @Override
  public List<Finding> damage() {
    SpoolStats now = started().stats();
    if (now.lost() > 0) {
      String what = " accepted events can't be read; what is left of them lies in bus/quarantine";
      return List.of(new Finding("bus: " + now.lost() + what, true));
    }
    return now.quarantined() == 0
        ? List.of()
        : List.of(
            new Finding(
                "bus: its end was damaged, or torn by a crash; it lies in bus/quarantine", false));
  }

  @Override
  public Health check() {
    Spool of = spool;
    if (of == null) {
      return Health.failing("the bus is not started");
    }
    SpoolStats stats = of.stats();
    if (stats.readOnly().isPresent()) {
      return Health.failing(
          "this node is read-only, nothing can be made durable: " + stats.readOnly().get());
    }
    if (stats.lost() > 0) {
      return Health.failing(
          "the bus was damaged: "
              + stats.lost()
              + " accepted records can't be read; what was there lies in its quarantine folder;"
              + " the next start begins without it");
    }
    return Health.ok();
  }

  @Override
  public void close() {
    Spool of = spool;
    if (of != null) {
      of.close();
    }
  }

  private Spool started() {
    Spool of = spool;
    if (of == null) {
      throw new IllegalStateException("bus is not started (expected: start() first)");
    }
    return of;
  }

  /** The spool's failures in the engine's words. */
  private static <T> T calling(String operation, Supplier<T> call) {
    try {
      return call.get();
    } catch (SpoolException.OverCapacity e) {
      throw new BackendException.OverCapacity(BACKEND, operation, String.valueOf(e.getMessage()));
    } catch (SpoolException.Corrupt e) {
      throw new BackendException.Corrupt(BACKEND, operation, String.valueOf(e.getMessage()), e);
    } catch (SpoolException.ReadOnly | SpoolException.AlreadyOpen | SpoolException.Failed e) {
      throw new BackendException.Unavailable(BACKEND, operation, String.valueOf(e.getMessage()), e);
    } catch (SpoolException.Closed e) {
      throw new IllegalStateException("bus is closed (expected: open)", e);
    }
  }

  private final class SpoolConsumer implements BusConsumer {
    private final String group;
    private final SpoolReader reader;
    private final Deque<SpoolRecord> undecoded = new ArrayDeque<>();

    SpoolConsumer(String group, SpoolReader reader) {
      this.group = group;
      this.reader = reader;
    }

    @Override
    public List<Delivery> poll(int recordsMax, long bytesMax, Duration wait)
        throws InterruptedException {
      List<Delivery> known = undecoded.isEmpty() ? inMemory(recordsMax, bytesMax) : List.of();
      if (!known.isEmpty()) {
        return known;
      }
      if (undecoded.isEmpty()) {
        undecoded.addAll(calling("poll", () -> reader.poll(recordsMax, bytesMax, wait)));
      }
      if (Thread.interrupted()) {
        throw new InterruptedException(group + " interrupted while polling");
      }
      List<Delivery> deliveries = new ArrayList<>(undecoded.size());
      while (!undecoded.isEmpty()) {
        SpoolRecord record = undecoded.getFirst();
        try {
          deliveries.add(decoded(record));
        } catch (IllegalArgumentException e) {
          return stuckAt(record, deliveries, e);
        }
        undecoded.removeFirst();
      }
      return deliveries;
    }

    /** What was appended a moment ago, and need not be read back. */
    private List<Delivery> inMemory(int recordsMax, long bytesMax) {
      List<Delivery> known = recent.from(reader.position(), recordsMax, bytesMax);
      if (!known.isEmpty()) {
        long appendedMillis = known.getFirst().record().header().received().toEpochMilli();
        reader.skip(known.getLast().offset() + 1, appendedMillis);
      }
      return known;
    }

    private Delivery decoded(SpoolRecord record) {
      Delivery known = recent.at(record.offset());
      if (known != null) {
        return known;
      }
      Delivery delivery =
          new Delivery(PARTITION, record.offset(), EventRecord.decode(record.bytes()));
      recent.keep(delivery);
      return delivery;
    }

    /**
     * A newer Levee wrote this record: hand out what came before it, then say so, and lose nothing.
     */
    private static List<Delivery> stuckAt(
        SpoolRecord record, List<Delivery> before, IllegalArgumentException cause) {
      if (before.isEmpty()) {
        throw new BackendException.Corrupt(
            BACKEND, "decode", "offset " + record.offset() + ": " + cause.getMessage(), cause);
      }
      return before;
    }

    @Override
    public Positions passed(Positions dealtWith) {
      long offset = undecoded.isEmpty() ? reader.position() : 0;
      return offset > dealtWith.offset(PARTITION)
          ? new Positions(Map.of(PARTITION, offset))
          : dealtWith;
    }

    @Override
    public void commit(Positions next) {
      calling(
          "commit",
          () -> {
            reader.commit(next.offset(PARTITION));
            return true;
          });
    }

    /**
     * Positions beyond the end belong to a spool that was lost; what is here now is new to the
     * group.
     */
    @Override
    public void seek(Positions next) {
      long offset = Math.min(next.offset(PARTITION), started().durableOffset());
      calling("seek", () -> reader.seek(offset));
      undecoded.clear();
    }

    @Override
    public void close() {
      open.remove(group, reader);
      reader.close();
    }
  }
}
