package io.levee.engine.bus;

import io.levee.event.EventRecord;

/**
 * A record as a group receives it. Within a partition offsets rise; between partitions there is no
 * order.
 */
public record Delivery(int partition, long offset, EventRecord record) {}
