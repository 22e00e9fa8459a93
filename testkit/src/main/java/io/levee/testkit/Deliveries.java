package io.levee.testkit;

import io.levee.engine.bus.Delivery;
import io.levee.event.EventRecord;
import java.util.ArrayList;
import java.util.List;

/** Turns records into what a subscriber receives. */
public final class Deliveries {
  private Deliveries() {}

  /** Partition 0, offsets rising from the first. */
  public static List<Delivery> from(long firstOffset, List<EventRecord> records) {
    List<Delivery> deliveries = new ArrayList<>();
    long offset = firstOffset;
    for (EventRecord record : records) {
      deliveries.add(new Delivery(0, offset++, record));
    }
    return deliveries;
  }
}
