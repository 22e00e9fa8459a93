package io.levee.console;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What keeps other sites' pages out: who may post, and what a browser may do with our pages. */
final class Guard {
  /** Nothing but our own files; no inline script or style anywhere. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " object-src 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", CONTENT_SECURITY_POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

  private Guard() {}

  /**
   * Whether a page of ours sent this. Browsers say so themselves in Sec-Fetch-Site (Fetch
   * Metadata); those that don't, or speak plain HTTP to another machine, send Origin with every
   * POST. Who sends neither is refused.
   */
  static boolean isFromOurPage(PageRequest request) {
    String site = request.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = request.header("Origin");
    String host = request.header("Host");
    return origin != null && host != null && host.equalsIgnoreCase(authority(origin));
  }

  private static String authority(String origin) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return ""; // No origin is written like that, so it is not ours.
    }
  }

  /** The same answer with the security headers; pages are not kept by shared caches. */
  static PageResponse protect(PageResponse response) {
    Map<String, String> headers = new LinkedHashMap<>(HEADERS);
    headers.put("Cache-Control", "private, no-cache");
    headers.putAll(response.headers());
    return new PageResponse(
        response.status(), response.contentType(), headers, response.body(), response.writer());
  }
}
