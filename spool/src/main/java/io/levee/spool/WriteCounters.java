package io.levee.spool;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the writer counts. Written by the writer thread, {@code refused} by callers; read by any.
 */
final class WriteCounters {

  final AtomicLong records = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong batches = new AtomicLong();
  final AtomicLong batchRecordsMax = new AtomicLong();
  final AtomicLong forces = new AtomicLong();
  final AtomicLong forceNanos = new AtomicLong();
  final AtomicLong forceNanosMax = new AtomicLong();
  final AtomicLong failures = new AtomicLong();
  final LongAdder refused = new LongAdder();

  void wrote(Batch batch) {
    records.addAndGet(batch.records());
    bytes.addAndGet(batch.bytes());
    batches.incrementAndGet();
    batchRecordsMax.accumulateAndGet(batch.records(), Math::max);
  }

  void forced(long nanos) {
    forces.incrementAndGet();
    forceNanos.addAndGet(nanos);
    forceNanosMax.accumulateAndGet(nanos, Math::max);
  }
}
