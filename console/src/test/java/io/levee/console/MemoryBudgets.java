package io.levee.console;

import io.levee.engine.accept.LimitStore;
import io.levee.engine.accept.Limits;
import io.levee.engine.measure.UsageStore;
import io.levee.engine.registry.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Limits in a map; everybody sends the same, hour by hour. Thread-safe. */
final class MemoryBudgets implements LimitStore, UsageStore {
  private static final long EVENTS_AN_HOUR = 14_200;
  private static final long BYTES_AN_HOUR = 14_200L * 2_900;

  private final Map<Sender, Limits> limits = new ConcurrentHashMap<>();

  @Override
  public Limits limits(Sender sender) {
    return limits.getOrDefault(sender, Limits.NONE);
  }

  @Override
  public void change(Sender sender, Limits changed) {
    limits.put(sender, changed);
  }

  @Override
  public Usage usage(Sender sender, Instant from, Instant to) {
    long hours = Math.max(0, Duration.between(from, to).toHours());
    return new Usage(hours * EVENTS_AN_HOUR, hours * BYTES_AN_HOUR);
  }
}
