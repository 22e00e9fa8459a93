package io.levee.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Who reads the page: the time zone of their browser and how they like times, both from cookies
 * that the script sets. Bound for the length of a request, so that whatever writes a time finds it
 * without every view passing it on.
 *
 * @param zone UTC until the browser has said its own
 * @param absolute whether times are shown as dates instead of "3 min ago"
 */
record Reader(ZoneId zone, boolean absolute) {
  /** Set by {@link Console#handle} alone. */
  static final ScopedValue<Reader> CURRENT = ScopedValue.newInstance();

  private static final int ZONE_CHARS_MAX = 64;
  private static final Reader UNKNOWN = new Reader(ZoneOffset.UTC, false);

  static Reader of(PageRequest request) {
    return new Reader(
        zone(request.cookie("levee-zone")), "absolute".equals(request.cookie("levee-times")));
  }

  /** The reader of the page that is being written; nobody in particular outside of requests. */
  static Reader current() {
    return CURRENT.isBound() ? CURRENT.get() : UNKNOWN;
  }

  private static ZoneId zone(@Nullable String cookie) {
    if (cookie == null || cookie.length() > ZONE_CHARS_MAX) {
      return ZoneOffset.UTC;
    }
    try {
      ZoneId zone = ZoneId.of(URLDecoder.decode(cookie, StandardCharsets.UTF_8));
      return zone.getId().equals("UTC") ? ZoneOffset.UTC : zone;
    } catch (DateTimeException | IllegalArgumentException e) {
      return ZoneOffset.UTC; // A cookie that no script of ours wrote.
    }
  }

  /** As charts name it: UTC or the zone's usual name. */
  String zoneName() {
    return isUtc() ? "UTC" : zone.getId().replace('_', ' ');
  }

  boolean isUtc() {
    return zone.equals(ZoneOffset.UTC);
  }
}
