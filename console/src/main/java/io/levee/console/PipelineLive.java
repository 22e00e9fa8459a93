package io.levee.console;

import io.levee.engine.pipeline.PipelineStatus;
import io.levee.engine.pipeline.SubscriberLoop;
import java.util.ArrayList;
import java.util.List;

/** The part of the pipeline page that is refreshed while somebody looks. */
record PipelineLive(
    List<Row> rows,
    DiskView disk,
    HeadRoomView headRoom,
    LedgerView ledger,
    String uptime,
    String version,
    String rate,
    List<String> troubles) {
  /** One subscriber. */
  record Row(
      String group,
      String state,
      boolean well,
      String lagRecords,
      String lagBytes,
      String oldest,
      String rate,
      String lastError,
      String deadLetters,
      boolean anyDead) {}

  /**
   * Room on the disk.
   *
   * @param shares widths of 100: bus, index, archive, what others use
   */
  record DiskView(String used, String free, String total, List<Part> shares) {}

  /** A part of the disk's bar. */
  record Part(String name, String label, String bytes, String x, String width) {}

  static PipelineLive of(PipelineStatus status, LedgerView ledger) {
    return new PipelineLive(
        status.subscribers().stream().map(PipelineLive::row).toList(),
        disk(status.disk()),
        HeadRoomView.of(status.headRoom()),
        ledger,
        TimeText.duration(status.uptime()),
        status.version(),
        Figures.rate(status.acceptedPerSecond()),
        status.troubles());
  }

  private static Row row(PipelineStatus.SubscriberStatus status) {
    boolean well =
        switch (status.state()) {
          case RUNNING -> true;
          case NEW, RETRYING, PAUSED, STOPPED -> false;
        };
    return new Row(
        status.group(),
        word(status.state()),
        well,
        Figures.exact(status.lagRecords()),
        Figures.bytes(status.lagBytes()),
        status.oldest() == null ? "–" : TimeText.duration(status.oldest()),
        Figures.rate(status.ratePerSecond()),
        status.lastError() == null ? "" : status.lastError(),
        Figures.exact(status.deadLetters()),
        status.deadLetters() > 0);
  }

  private static String word(SubscriberLoop.State state) {
    return switch (state) {
      case NEW -> "starting";
      case RUNNING -> "running";
      case RETRYING -> "retrying";
      case PAUSED -> "paused";
      case STOPPED -> "stopped";
    };
  }

  private static DiskView disk(PipelineStatus.Disk disk) {
    long ours = disk.busBytes() + disk.indexBytes() + disk.archiveBytes();
    long others = Math.max(0, disk.usedBytes() - ours);
    List<Part> parts = new ArrayList<>();
    double x = 0;
    x = part(parts, "bus", "Bus", disk.busBytes(), disk.totalBytes(), x);
    x = part(parts, "index", "Index", disk.indexBytes(), disk.totalBytes(), x);
    x = part(parts, "archive", "Archive", disk.archiveBytes(), disk.totalBytes(), x);
    part(parts, "others", "Not Levee's", others, disk.totalBytes(), x);
    return new DiskView(
        Figures.bytes(disk.usedBytes()),
        Figures.bytes(disk.freeBytes()),
        Figures.bytes(disk.totalBytes()),
        parts);
  }

  private static double part(
      List<Part> parts, String name, String label, long bytes, long total, double x) {
    double width = total == 0 ? 0 : (double) Chart.WIDTH * bytes / total;
    parts.add(new Part(name, label, Figures.bytes(bytes), Figures.svg(x), Figures.svg(width)));
    return x + width;
  }
}
