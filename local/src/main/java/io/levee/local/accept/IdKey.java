package io.levee.local.accept;

import io.levee.event.EventId;
import io.levee.event.ProjectId;

/** 64 bits that stand for a project and an event id. */
final class IdKey {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private IdKey() {}

  static long of(ProjectId project, EventId id) {
    return mix(mix(mix(project.value()) ^ id.high()) ^ id.low());
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit in moves every bit out. */
  private static long mix(long value) {
    long mixed = value + STEP;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
