package io.levee.engine.pipeline;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the way from the door to the stores at one moment.
 *
 * @param version of the program
 * @param uptime since it was ready
 * @param acceptedPerSecond events taken in, over the last seconds
 * @param subscribers in the order in which they are drawn
 * @param headRoom how much more it can take, and what waits
 * @param troubles what is wrong now, a sentence each; empty when all is well
 */
public record PipelineStatus(
    String version,
    Duration uptime,
    double acceptedPerSecond,
    List<SubscriberStatus> subscribers,
    Disk disk,
    HeadRoom.Estimate headRoom,
    List<String> troubles) {
  public PipelineStatus {
    troubles = List.copyOf(troubles);
    subscribers = List.copyOf(subscribers);
  }

  /**
   * One subscriber of the bus.
   *
   * @param group its name on the bus
   * @param lagRecords not yet durable in its store
   * @param lagBytes not yet durable in its store
   * @param oldest how long the oldest of these has been waiting; null when nothing waits
   * @param ratePerSecond events dealt with, over the last seconds
   * @param lastError what its store last complained of; null when it never did or has recovered
   * @param deadLetters how many events it had to set aside
   */
  public record SubscriberStatus(
      String group,
      SubscriberLoop.State state,
      long lagRecords,
      long lagBytes,
      @Nullable Duration oldest,
      double ratePerSecond,
      @Nullable String lastError,
      long deadLetters) {}

  /**
   * Room on the data folder's disk, in bytes.
   *
   * @param totalBytes of the file system
   * @param freeBytes what this process may still use of it
   */
  public record Disk(
      long totalBytes, long freeBytes, long busBytes, long indexBytes, long archiveBytes) {
    /** What is taken, by us and by others. */
    public long usedBytes() {
      return totalBytes - freeBytes;
    }
  }
}
