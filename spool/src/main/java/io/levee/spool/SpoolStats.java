package io.levee.spool;

import java.util.Optional;

/**
 * What an operator wants to know about a spool. Counters start at zero with each open.
 *
 * @param records records made durable
 * @param bytes bytes made durable, with record headers
 * @param batches batches made durable, one force each
 * @param batchRecordsMax most records in one batch
 * @param forces forces of segments
 * @param forceNanos time spent in them
 * @param forceNanosMax longest of them
 * @param failures batches that failed
 * @param refused appends refused because of a limit
 * @param queuedBytes bytes waiting for the writer now
 * @param oldestOffset first offset still kept
 * @param durableOffset offset after the last durable record
 * @param segments files of the log
 * @param diskBytes bytes in them
 * @param quarantined damaged stretches found, since open
 * @param lost acknowledged records that damage took, since open
 * @param keeperFailures checkpoints, deletions and quarantine copies that failed; each is tried
 *     again
 * @param readOnly why nothing is accepted any more, if so
 */
public record SpoolStats(
    long records,
    long bytes,
    long batches,
    long batchRecordsMax,
    long forces,
    long forceNanos,
    long forceNanosMax,
    long failures,
    long refused,
    long queuedBytes,
    long oldestOffset,
    long durableOffset,
    int segments,
    long diskBytes,
    long quarantined,
    long lost,
    long keeperFailures,
    Optional<String> readOnly) {}
