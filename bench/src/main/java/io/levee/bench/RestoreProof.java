package io.levee.bench;

import io.levee.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-restore}: each store is deleted and built from the other while events arrive. */
@Command(
    name = "proof-restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads many events, stops Levee, deletes the index, starts it and rebuilds the index from the archive while",
      "events go on arriving; then the same for the archive. Afterwards both must agree, count for count and",
      "digest for digest, on everything that was accepted."
    })
final class RestoreProof implements Bench {
  private static final double EVENTS_PER_SECOND_MIN = 10_000;
  private static final int LOAD_CONNECTIONS = 4;

  @Option(
      names = "--events",
      paramLabel = "NUMBER",
      defaultValue = "1000000",
      description = "Events of about 400 bytes that are there before. Default: ${DEFAULT-VALUE}")
  private long events;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description =
          "Sentry envelopes of 2.9 KiB a second that arrive meanwhile. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--hours",
      paramLabel = "NUMBER",
      defaultValue = "20",
      description = "Over which the events' times are spread. Default: ${DEFAULT-VALUE}")
  private int hours;

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section("proof-restore: %d events, rebuilt while %d/s arrive".formatted(events, rate));
    Path folder = stage.folder("restore");
    load(stage, folder);
    StubbornSenders senders =
        new StubbornSenders(stage.seed() + 1, stage.options().connections(), rate);
    boolean good = drill(stage, folder, "index", senders);
    good &= drill(stage, folder, "archive", senders);
    report.line("  %s", good ? "PASSED" : "FAILED");
    return good;
  }

  private void load(Stage stage, Path folder) throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    try (LeveeServer server = stage.serve(folder);
        BatchLoader loader =
            new BatchLoader(
                server.target(), stage.seed(), Instant.now(), Duration.ofHours(hours))) {
      loader.load(0, events, LOAD_CONNECTIONS);
      Drain drain = Drain.await(server.api(), 0, events);
      stage
          .report()
          .line(
              "  loaded %d events, searchable %d, in %.0f s; disk %s",
              events,
              drain.searchable(),
              Times.seconds(Times.since(startNanos)),
              Sizes.mebibytes(server.storedBytes()));
      server.jvm().stop();
    }
  }

  private boolean drill(Stage stage, Path folder, String store, StubbornSenders senders)
      throws IOException, InterruptedException {
    Report report = stage.report();
    DiskUsage.delete(folder.resolve(store));
    try (LeveeServer server = stage.serve(folder)) {
      Json.Obj[] rebuilt = {Json.Obj.EMPTY};
      long before = senders.acknowledged();
      long startNanos = System.nanoTime();
      senders.sendDuring(server.target(), () -> rebuilt[0] = server.api().rebuild(store));
      double seconds = Times.seconds(Times.since(startNanos));
      senders.finish(server.target());
      String text = rebuilt[0].text("events");
      long copied = text == null ? 0 : Long.parseLong(text);
      long arrived = senders.acknowledged() - before;
      boolean whole =
          new Audit(server.api(), report)
              .counts(events + senders.acknowledged(), "after the rebuild of the " + store);
      Json.Obj verified = server.api().verify();
      boolean agree =
          verified.get("agree") instanceof Json.Bool(boolean yes)
              && yes
              && Long.toString(events + senders.acknowledged()).equals(verified.text("events"));
      double perSecond = copied / seconds;
      report.line(
          "  %s deleted and rebuilt: %d events in %.1f s = %.0f/s (must %.0f), %d arrived meanwhile (%.0f/s)",
          store, copied, seconds, perSecond, EVENTS_PER_SECOND_MIN, arrived, arrived / seconds);
      report.line(
          "  counts %s; index and archive agree, digest for digest: %s on %s of %d",
          whole ? "the same" : "DIFFER",
          agree ? "yes" : "NO",
          String.valueOf(verified.text("events")),
          events + senders.acknowledged());
      server.jvm().stop();
      return whole && agree && perSecond >= EVENTS_PER_SECOND_MIN;
    }
  }
}
