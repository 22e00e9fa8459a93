package io.levee.spool;

import java.util.concurrent.atomic.AtomicBoolean;

/** How far a registered reader has come, in memory and on the disk. For any thread. */
final class ReaderState {

  private final String name;
  private final AtomicBoolean opened = new AtomicBoolean();
  private volatile long committed;
  private volatile long persisted;
  private long generation; // the keeper's, under its lock

  ReaderState(String name, long committed, long generation) {
    this.name = name;
    this.committed = committed;
    this.persisted = committed;
    this.generation = generation;
  }

  String name() {
    return name;
  }

  /** Whether this call was the one that opened it. */
  boolean open() {
    return opened.compareAndSet(false, true);
  }

  void close() {
    opened.set(false);
  }

  long committed() {
    return committed;
  }

  void committed(long nextOffset) {
    committed = nextOffset;
  }

  boolean isDirty() {
    return committed != persisted;
  }

  /**
   * Segments that end at or below this may go: the reader needs them neither now nor after a crash.
   */
  long held() {
    return Math.min(committed, persisted);
  }

  long nextGeneration() {
    return ++generation;
  }

  void persisted(long nextOffset) {
    persisted = nextOffset;
  }
}
