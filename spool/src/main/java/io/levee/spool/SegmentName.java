package io.levee.spool;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a segment is. The file's name carries it too, so that a damaged header costs nothing.
 *
 * @param firstOffset offset of its first record
 * @param generation grows with every file a spool makes; of two with the same first offset, the
 *     later counts
 * @param salt random; what marks and checks its records
 */
record SegmentName(long firstOffset, long generation, long salt) {

  private static final Pattern FILE = Pattern.compile("(\\d{19})-(\\d{10})-([0-9a-f]{16})\\.seg");

  /** The order of the log. */
  static final Comparator<SegmentName> ORDER =
      Comparator.comparingLong(SegmentName::firstOffset).thenComparingLong(SegmentName::generation);

  String file() {
    return String.format("%019d-%010d-%016x.seg", firstOffset, generation, salt);
  }

  /** What begins every record of the segment. */
  int mark() {
    return (int) (salt >>> 32);
  }

  static Optional<SegmentName> parse(String file) {
    Matcher matcher = FILE.matcher(file);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SegmentName(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Long.parseUnsignedLong(matcher.group(3), 16)));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty(); // nineteen nines are more than a long: not a name of ours
    }
  }
}
