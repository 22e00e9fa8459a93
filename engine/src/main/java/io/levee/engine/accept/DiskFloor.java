package io.levee.engine.accept;

import io.levee.engine.run.Health;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes the door while there is still room on the disk: search, deletion and retention need some,
 * and so do the stores that catch up with what was accepted. Opens it again by itself, with a fifth
 * to spare so that it doesn't swing. {@link #look} is called by one thread several times a second;
 * the rest is thread-safe.
 */
public final class DiskFloor implements DoorGuard {
  /** The least that the usual floor is. */
  public static final long BYTES_LEAST = 1L << 30;

  private static final long SHARE_OF_DISK = 20;
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Verdict.Unavailable FULL = new Verdict.Unavailable(RETRY, "disk full");

  /**
   * What a file system has.
   *
   * @param freeBytes what this process may still use
   * @param totalBytes of the whole
   */
  public record Room(long freeBytes, long totalBytes) {}

  private final long bytes;
  private final Supplier<Room> disk;
  private final AtomicLong refusals = new AtomicLong();
  private volatile @Nullable Room closedAt;
  private volatile long floorBytes;

  /**
   * @param bytes 0 for the usual floor: the larger of 1 GiB and 5 % of the file system
   * @param disk where the data lies; may fail, in which case the door stays as it is
   */
  public DiskFloor(long bytes, Supplier<Room> disk) {
    if (bytes < 0) {
      throw new IllegalArgumentException("disk floor: " + bytes + " (expected: 0 or more)");
    }
    this.bytes = bytes;
    this.disk = disk;
    this.floorBytes = bytes;
  }

  /** What became of the door. */
  public enum Change {
    NONE,
    CLOSED,
    OPENED
  }

  /** Looks at the disk and closes or opens the door. */
  public Change look() {
    Room room = disk.get();
    long floor = bytes > 0 ? bytes : Math.max(BYTES_LEAST, room.totalBytes() / SHARE_OF_DISK);
    floorBytes = floor;
    if (closedAt == null) {
      if (room.freeBytes() > floor) {
        return Change.NONE;
      }
      closedAt = room;
      return Change.CLOSED;
    }
    if (room.freeBytes() <= floor + floor / 5) {
      closedAt = room;
      return Change.NONE;
    }
    closedAt = null;
    return Change.OPENED;
  }

  @Override
  public Verdict.@Nullable Unavailable refusal() {
    if (closedAt == null) {
      return null;
    }
    refusals.incrementAndGet();
    return FULL;
  }

  /** Free bytes below which the door closes; as of the last look. */
  public long floorBytes() {
    return floorBytes;
  }

  /** How many requests were turned away. */
  public long refusals() {
    return refusals.get();
  }

  /** Failing while the door is closed. */
  public Health check() {
    Room room = closedAt;
    if (room == null) {
      return Health.ok();
    }
    return Health.failing(
        "the disk is nearly full: "
            + room.freeBytes()
            + " bytes free (floor: "
            + floorBytes
            + "); nothing is taken in until "
            + (floorBytes + floorBytes / 5)
            + " are free; search, deletion and retention go on");
  }
}
