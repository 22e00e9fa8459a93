package io.levee.local.archive;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code 0000000000000000017-2026-11-21-p0.100.230.ndjson.zst}: sequence number, day of the flush,
 * and of each partition the first offset and the one behind the last. The name is for people and
 * for the order; all but the sequence number also stands in the head.
 */
final class ObjectName {
  private static final String SUFFIX = ".ndjson.zst";
  private static final int PARTITIONS_NAMED_MAX = 4;
  private static final Pattern NAME = Pattern.compile("(\\d{19})-.*\\.ndjson\\.zst");
  private static final Pattern TEMPORARY = Pattern.compile("(\\d{19})\\.tmp");

  private ObjectName() {}

  static String of(ObjectHead head) {
    StringBuilder name = new StringBuilder(digits(head.sequence()));
    name.append('-').append(LocalDate.ofInstant(head.created(), ZoneOffset.UTC));
    int named = 0;
    for (Map.Entry<Integer, Long> next : new TreeMap<>(head.after().next()).entrySet()) {
      long from = head.before().offset(next.getKey());
      if (from != next.getValue() && named++ < PARTITIONS_NAMED_MAX) {
        name.append("-p").append(next.getKey()).append('.').append(from);
        name.append('.').append(next.getValue());
      }
    }
    if (named > PARTITIONS_NAMED_MAX) {
      name.append("-and-").append(named - PARTITIONS_NAMED_MAX);
    }
    return name.append(SUFFIX).toString();
  }

  static String digits(long sequence) {
    return String.format(Locale.ROOT, "%019d", sequence);
  }

  /** The sequence number of an object's name; -1 when it is none. */
  static long sequence(String file) {
    Matcher matcher = NAME.matcher(file);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  static boolean isTemporary(String file) {
    return TEMPORARY.matcher(file).matches();
  }
}
