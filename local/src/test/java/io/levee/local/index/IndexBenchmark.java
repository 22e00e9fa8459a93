package io.levee.local.index;

import com.sun.management.OperatingSystemMXBean;
import io.levee.engine.bus.Delivery;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Measures the index beside a bare Lucene loop over the same fields. CPU time is that of the whole
 * process, so merging and collecting garbage are charged. Run {@link #main} from an IDE or with the
 * test class path; arguments: events to write, events to search in.
 */
final class IndexBenchmark {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final int BATCH = Integer.getInteger("bench.batch", 500);

  private final PrintStream out = System.out;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Path directory;

  /** One thing to measure. */
  private interface Work {
    void run() throws IOException;
  }

  /** How a bare loop writes. */
  private enum Bare {
    ADD,
    UPDATE,
    SORTED
  }

  private IndexBenchmark(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] args) throws IOException {
    int writes = args.length > 0 ? Integer.parseInt(args[0]) : 40_000;
    int searched = args.length > 1 ? Integer.parseInt(args[1]) : 300_000;
    Path directory = Files.createTempDirectory("levee-index-bench");
    try {
      IndexBenchmark benchmark = new IndexBenchmark(directory);
      if (writes > 0) {
        benchmark.writing(writes);
      }
      if (searched > 0) {
        benchmark.searching(searched);
      }
    } finally {
      SliceDirectories.remove(directory);
    }
  }

  private void writing(int events) throws IOException {
    List<EventRecord> records = new EventGenerator(1, PROJECT, START).records(events);
    long bytes = records.stream().mapToLong(record -> record.body().length).sum();
    out.printf("%d events, %d bytes of JSON each%n", events, bytes / events);
    for (int round = 1; round <= 2; round++) {
      out.printf("round %d%n", round);
      measure("parse", events, () -> records.forEach(EventRecord::event));
      EventDocument documents = new EventDocument();
      KnownStacks known = new KnownStacks();
      KnownKeys keys = new KnownKeys();
      measure(
          "parse, make document",
          events,
          () ->
              records.forEach(record -> documents.of(record.event(), record.body(), known, keys)));
      for (Bare bare : Bare.values()) {
        Path path = directory.resolve("bare-" + bare + round);
        measure("bare Lucene, " + bare, events, () -> bare(path, records, bare));
        ratio(path, bytes);
      }
      Path path = directory.resolve("ours-" + round);
      measure("apply, tick, flush", events, () -> ours(path, records));
      ratio(path, bytes);
    }
  }

  private void ratio(Path path, long bytes) throws IOException {
    out.printf("    %.1f %% of the JSON%n", 100.0 * SliceDirectories.bytes(path) / bytes);
  }

  private void measure(String name, int events, Work work) throws IOException {
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    work.run();
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    double wallSeconds = (System.nanoTime() - wall) / 1e9;
    out.printf(
        "  %-24s %6.2f CPU-s/10,000   %7.0f events a CPU-s   %7.0f/s%n",
        name, cpuSeconds * 10_000 / events, events / cpuSeconds, events / wallSeconds);
  }

  private static void bare(Path path, List<EventRecord> records, Bare bare) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(new KeywordAnalyzer());
    config.setCodec(new LeveeCodec());
    config.setRAMBufferSizeMB(64);
    config.setUseCompoundFile(false);
    if (bare == Bare.SORTED) {
      config.setIndexSort(
          new Sort(
              new SortField(Schema.TIME, SortField.Type.LONG, true),
              new SortField(Schema.TIE, SortField.Type.LONG, true)));
    }
    EventDocument documents = new EventDocument();
    KnownStacks stacks = new KnownStacks();
    KnownKeys keys = new KnownKeys();
    try (Directory files = new MMapDirectory(path);
        IndexWriter writer = new IndexWriter(files, config)) {
      for (EventRecord record : records) {
        Event event = record.event();
        Document document = documents.of(event, record.body(), stacks, keys);
        documents.addNewStacks(writer::addDocument);
        if (bare == Bare.UPDATE) {
          writer.updateDocument(
              new Term(Schema.KEY, Schema.key(event.id(), event.project())), document);
        } else {
          writer.addDocument(document);
        }
      }
    }
  }

  private static void ours(Path path, List<EventRecord> records) {
    LuceneEventIndex index = new LuceneEventIndex(path, IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    write(index, Deliveries.from(0, records));
    index.close();
  }

  private static void write(LuceneEventIndex index, List<Delivery> deliveries) {
    for (int i = 0; i < deliveries.size(); i += BATCH) {
      index.apply(deliveries.subList(i, Math.min(i + BATCH, deliveries.size())));
      index.tick();
      if (i % 20_000 == 0) {
        index.flush();
      }
    }
    index.flush();
  }

  private void searching(int events) {
    Path path = directory.resolve("searched");
    LuceneEventIndex index = new LuceneEventIndex(path, IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    EventGenerator generator = new EventGenerator(2, PROJECT, START);
    Event last = generator.next();
    for (int done = 0; done < events; done += 5_000) {
      List<EventRecord> records = generator.records(5_000);
      last = records.getLast().event();
      write(index, Deliveries.from(done, records));
    }
    out.printf("searching in %d events, %d bytes on disk each%n", events, index.bytes() / events);
    TimeRange range = TimeRange.before(START.plus(Duration.ofDays(1)), Duration.ofDays(7));
    ProjectScope scope = ProjectScope.of(PROJECT);
    for (String text :
        List.of(
            "",
            "ERROR",
            "environment:staging",
            "checkout",
            "tenant:tenant-7 FATAL",
            "\"payment 31 failed\"",
            "url:*4711",
            "extra.order_total:>499",
            "nowhere")) {
      Query query = query(text);
      latency(
          "newest 100  " + text,
          40,
          () -> index.search(SearchRequest.newest(scope, query, range, 100)));
      latency("count       " + text, 40, () -> index.count(scope, query, range));
    }
    TimeRange part = new TimeRange(START.plusSeconds(10), START.plusSeconds(200));
    latency("count ERROR in a part", 40, () -> index.count(scope, query("ERROR"), part));
    latency(
        "histogram ERROR by hour",
        40,
        () -> index.histogram(scope, query("ERROR"), range, Duration.ofHours(1)));
    latency(
        "facets of ERROR, 3 fields",
        20,
        () ->
            index.facets(scope, query("ERROR"), range, List.of("host", "type", "tags.tenant"), 10));
    Event sought = last;
    latency("find by id", 100, () -> index.find(scope, sought.id()));
    latency("find by id, none", 100, () -> index.find(scope, generator.next().id()));
    index.close();
  }

  private static Query query(String text) {
    return switch (QueryParser.parse(text)) {
      case QueryParser.Parsed parsed -> parsed.query();
      case QueryParser.SyntaxError error -> throw new IllegalArgumentException(error.message());
    };
  }

  private void latency(String name, int times, Runnable work) {
    for (int i = 0; i < times / 2; i++) {
      work.run();
    }
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - begun;
    }
    Arrays.sort(nanos);
    out.printf(
        "  %-40s p50 %8.2f ms   p95 %8.2f ms%n",
        name, nanos[times / 2] / 1e6, nanos[times * 95 / 100] / 1e6);
  }
}
