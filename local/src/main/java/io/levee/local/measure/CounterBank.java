package io.levee.local.measure;

import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.Outcome;
import io.levee.engine.measure.Tally;
import io.levee.event.ProjectId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One of the two halves of the file: a generation, and slots of a line and its count each, as
 * package-info draws them. Adding is thread-safe; whoever reads or clears sees to it that nobody
 * adds meanwhile.
 */
final class CounterBank {
  static final int SLOT_BYTES = 256;
  static final int HEAD_BYTES = 64;

  /** Slots that only the coarsest lines may take, so that there is always one left for them. */
  static final int RESERVED = 16;

  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final long STATE_AT = 8;
  private static final long PROJECT_AT = 16;
  private static final long MINUTE_AT = 24;
  private static final long TEXTS_AT = 32;
  private static final int USED = 0x55534544;
  private static final int TEXT_BYTES_MAX = 52;

  private final MemorySegment bytes;
  private final int slots;
  private final Map<Tally, Long> places = new ConcurrentHashMap<>();
  private final AtomicInteger taken = new AtomicInteger();
  private volatile long firstMinute = -1;

  CounterBank(MemorySegment bytes) {
    this.bytes = bytes;
    this.slots = (int) ((bytes.byteSize() - HEAD_BYTES) / SLOT_BYTES);
  }

  static long bytesFor(int slots) {
    return HEAD_BYTES + (long) slots * SLOT_BYTES;
  }

  /** 0: there is nothing in it. */
  long generation() {
    return (long) LONG.getVolatile(bytes, 0L);
  }

  void begin(long generation) {
    LONG.setVolatile(bytes, 0L, generation);
  }

  /** Whether nothing was added since it was cleared. */
  boolean isUnused() {
    return taken.get() == 0;
  }

  /**
   * Adds.
   *
   * @return whether the line itself was there or had room; otherwise a coarser one was taken
   */
  boolean add(Tally line, long quantity) {
    Long place = places.get(line);
    boolean exact = true;
    if (place == null) {
      place = place(line, slots - RESERVED);
    }
    if (place == null) {
      exact = false;
      place = place(line.coarser(), slots - RESERVED);
    }
    if (place == null) {
      place = place(line.coarsest(firstMinute), slots);
    }
    if (place == null) {
      throw new IllegalStateException("no slot for " + line.outcome() + " (expected: reserved)");
    }
    long before = (long) LONG.getAndAdd(bytes, place, quantity);
    if (before < 0) {
      throw new IllegalStateException("count: " + before + " (expected: 0 or more)");
    }
    return exact;
  }

  private @Nullable Long place(Tally line, int end) {
    return places.computeIfAbsent(
        line,
        wanted -> {
          int slot = taken.getAndUpdate(used -> used < end ? used + 1 : used);
          if (slot >= end) {
            return null;
          }
          if (slot == 0) {
            firstMinute = wanted.minute();
          }
          long at = HEAD_BYTES + (long) slot * SLOT_BYTES;
          write(at, wanted);
          return at;
        });
  }

  private void write(long at, Tally line) {
    ProjectId project = line.project();
    bytes.set(ValueLayout.JAVA_LONG, at + PROJECT_AT, project == null ? 0 : project.value());
    bytes.set(ValueLayout.JAVA_LONG, at + MINUTE_AT, line.minute());
    long next = writeText(at + TEXTS_AT, line.outcome().wireName());
    next = writeText(next, line.key());
    next = writeText(next, line.category());
    writeText(next, line.reason());
    INT.setRelease(bytes, at + STATE_AT, USED); // A slot that is not whole has no state.
  }

  private long writeText(long at, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(utf8.length, TEXT_BYTES_MAX);
    bytes.set(ValueLayout.JAVA_BYTE, at, (byte) length);
    MemorySegment.copy(utf8, 0, bytes, ValueLayout.JAVA_BYTE, at + 1, length);
    return at + 1 + length;
  }

  /**
   * What was added.
   *
   * @param unreadable slots that hold what nobody wrote
   */
  record Contents(List<LedgerEntry> entries, int unreadable) {}

  Contents contents() {
    List<LedgerEntry> entries = new ArrayList<>();
    int unreadable = 0;
    for (int slot = 0; slot < slots; slot++) {
      long at = HEAD_BYTES + (long) slot * SLOT_BYTES;
      long quantity = (long) LONG.getVolatile(bytes, at);
      if ((int) INT.getAcquire(bytes, at + STATE_AT) == USED && quantity != 0) {
        Tally line = line(at);
        if (line == null || quantity < 0) {
          unreadable++;
        } else {
          entries.add(line.entry(quantity));
        }
      }
    }
    return new Contents(entries, unreadable);
  }

  /** The line of a slot; null when nobody wrote it like that. */
  private @Nullable Tally line(long at) {
    long project = bytes.get(ValueLayout.JAVA_LONG, at + PROJECT_AT);
    long key = after(at + TEXTS_AT);
    long category = key < 0 ? -1 : after(key);
    long reason = category < 0 ? -1 : after(category);
    if (project < 0 || reason < 0 || after(reason) < 0) {
      return null;
    }
    Outcome outcome = Outcome.ofWireName(text(at + TEXTS_AT));
    if (outcome == null) {
      return null;
    }
    return new Tally(
        project == 0 ? null : new ProjectId(project),
        text(key),
        bytes.get(ValueLayout.JAVA_LONG, at + MINUTE_AT),
        outcome,
        text(category),
        text(reason));
  }

  /** Where the next text begins; -1 when no text is so long. */
  private long after(long at) {
    int length = length(at);
    return length > TEXT_BYTES_MAX ? -1 : at + 1 + length;
  }

  private int length(long at) {
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
  }

  private String text(long at) {
    byte[] utf8 = new byte[length(at)];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at + 1, utf8, 0, utf8.length);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Forgets everything; the generation last, so that a kill in between leaves it known. */
  void clear() {
    bytes.asSlice(HEAD_BYTES).fill((byte) 0);
    places.clear();
    taken.set(0);
    LONG.setVolatile(bytes, 0L, 0L);
  }
}
