package io.levee.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Finds the log in the files: what runs at every start, after a crash or not. Writes nothing but
 * footers and copies for the quarantine, and goes on without them if it can't.
 */
final class Recovery {

  private final Storage storage;
  private final Quarantine quarantine;
  private final LongAdder failures;

  Recovery(Storage storage, Quarantine quarantine, LongAdder failures) {
    this.storage = storage;
    this.quarantine = quarantine;
    this.failures = failures;
  }

  /**
   * What was found.
   *
   * @param segments in order
   * @param nextOffset offset for the next record
   * @param generation for the next file
   */
  record Found(List<Segment> segments, long nextOffset, long generation) {}

  /** Reads every segment's frame, and scans those without a footer. */
  Found run() throws IOException {
    List<SegmentName> names = names();
    storage.forceFolder("");
    List<Segment> segments = new ArrayList<>();
    long generation = 0;
    for (int i = 0; i < names.size(); i++) {
      boolean last = i == names.size() - 1;
      long limit = last ? Long.MAX_VALUE : names.get(i + 1).firstOffset();
      Segment segment = segment(names.get(i), limit);
      if (!last && segment.nextOffset() < limit && segment.records() > 0) {
        quarantine.countLost(limit - segment.nextOffset());
      }
      segments.add(segment);
      generation = Math.max(generation, names.get(i).generation() + 1);
    }
    long next = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).nextOffset();
    return new Found(segments, next, generation);
  }

  private List<SegmentName> names() throws IOException {
    List<SegmentName> names = new ArrayList<>();
    for (String file : storage.list("")) {
      SegmentName.parse(file).ifPresent(names::add);
    }
    names.sort(SegmentName.ORDER);
    return names;
  }

  private Segment segment(SegmentName name, long limit) throws IOException {
    long created = 0;
    Optional<SegmentFrame.Header> header;
    Optional<SegmentFrame.Footer> footer;
    long size;
    try (Storage.Source source = storage.read(name.file())) {
      size = source.size();
      header = SegmentFrame.header(bytes(source, 0, SegmentFrame.HEADER_BYTES));
      footer =
          SegmentFrame.footer(
              bytes(source, size - SegmentFrame.FOOTER_BYTES, SegmentFrame.FOOTER_BYTES));
    }
    if (header.isPresent()) {
      check(name, header.get());
      created = header.get().createdMillis();
    }
    Segment segment =
        footer.filter(found -> fits(found, name, size)).isPresent()
            ? sealed(name, created, footer.get(), size)
            : scanned(name, created, limit, size, header.isPresent());
    if (header.isEmpty()) {
      quarantine.take(segment, new Range(0, Math.min(size, SegmentFrame.HEADER_BYTES)));
    }
    return segment;
  }

  private static void check(SegmentName name, SegmentFrame.Header header) {
    if (header.version() != SegmentFrame.VERSION) {
      throw new SpoolException.Corrupt(
          name.file()
              + ": format "
              + header.version()
              + " (expected: "
              + SegmentFrame.VERSION
              + ")");
    }
    if (!header.name().equals(name)) {
      throw new SpoolException.Corrupt(
          name.file() + ": is " + header.name().file() + " inside (expected: the same)");
    }
  }

  private static boolean fits(SegmentFrame.Footer footer, SegmentName name, long size) {
    return footer.version() == SegmentFrame.VERSION
        && footer.salt() == name.salt()
        && footer.firstOffset() == name.firstOffset()
        && footer.position() == size - SegmentFrame.FOOTER_BYTES;
  }

  private static Segment sealed(
      SegmentName name, long created, SegmentFrame.Footer footer, long size) {
    return new Segment(
        name, created, List.of(), footer.nextOffset(), footer.position(), footer.records(), size);
  }

  private Segment scanned(SegmentName name, long created, long limit, long size, boolean headed)
      throws IOException {
    storage.rewrite(name.file()); // it is about to be shown, and may not be on the disk
    SegmentScan scan;
    try (Storage.Source source = storage.read(name.file())) {
      scan = SegmentScan.of(source, name, limit);
    }
    Segment segment =
        new Segment(
            name, created, scan.holes(), scan.nextOffset(), scan.end(), scan.records(), size);
    scan.damage().forEach(stretch -> quarantine.take(segment, stretch));
    quarantine.countLost(scan.lost());
    if (headed && scan.isClean()) {
      seal(segment, scan.chain());
    }
    return segment;
  }

  /**
   * Spares the next start the scan. Not needed for anything else, so that a full disk doesn't keep
   * the log shut.
   */
  private void seal(Segment segment, int chain) {
    try (Storage.Sink sink = storage.append(segment.file())) {
      SegmentWriter.writeFully(sink, SegmentFrame.footer(segment, chain));
      sink.force();
      segment.seal();
    } catch (IOException leftUnsealed) {
      failures.increment();
    }
  }

  private static ByteBuffer bytes(Storage.Source source, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (from >= 0 && bytes.hasRemaining() && source.read(bytes, from + bytes.position()) > 0) {
      // reads on until it is whole or the file ends
    }
    return bytes.flip();
  }
}
