package io.levee.local.archive;

import io.levee.event.EventId;
import io.levee.event.ProjectId;

/**
 * 44 bits that stand for a project and an event id in filters and id tables. Two events may share
 * them (about once in 10^7 look-ups of an object with a million events), so what they find is
 * always compared with the event itself.
 */
final class EventHash {
  static final int BITS = 44;

  private static final long STEP = 0x9E3779B97F4A7C15L;

  private EventHash() {}

  static long of(ProjectId project, EventId id) {
    long hash = mix(project.value() + STEP);
    hash = mix(hash ^ id.high());
    hash = mix(hash ^ id.low());
    return hash >>> (Long.SIZE - BITS);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit in moves every bit out. */
  static long mix(long value) {
    long mixed = value + STEP;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
