package io.levee.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Style sheet, script and icon. Each has a hash of its content in its name and so may be cached for
 * ever. Immutable; thread-safe.
 */
final class Assets {
  /** Where they are served. */
  static final String PREFIX = "/assets/";

  private static final int HASH_DIGITS = 12;
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  @SuppressWarnings("ArrayRecordComponent") // Read once from the class path, never changed.
  private record Asset(String contentType, byte[] plain, byte[] gzip, String etag) {}

  private final Map<String, Asset> byPath = new HashMap<>();
  private final Map<String, String> pathByName = new HashMap<>();

  /** Reads them from the class path. */
  static Assets load() {
    Assets assets = new Assets();
    assets.add("console.css", "text/css; charset=utf-8");
    assets.add("console.js", "text/javascript; charset=utf-8");
    assets.add("favicon.svg", "image/svg+xml");
    return assets;
  }

  private void add(String name, String contentType) {
    byte[] plain = read(name);
    String hash = hash(plain);
    int dot = name.lastIndexOf('.');
    String path = PREFIX + name.substring(0, dot) + "." + hash + name.substring(dot);
    byPath.put(path, new Asset(contentType, plain, gzip(plain), '"' + hash + '"'));
    pathByName.put(name, path);
  }

  /**
   * The address of an asset.
   *
   * @throws IllegalArgumentException when there is none with this name
   */
  String path(String name) {
    String path = pathByName.get(name);
    if (path == null) {
      throw new IllegalArgumentException("asset: " + name + " (expected: " + pathByName + ")");
    }
    return path;
  }

  /** Answers a request for an asset; 404 for another version's. */
  PageResponse serve(PageRequest request) {
    Asset asset = byPath.get(request.path());
    if (asset == null) {
      return PageResponse.text(404, "no such asset");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", FOR_EVER);
    headers.put("ETag", asset.etag());
    headers.put("Vary", "Accept-Encoding");
    if (asset.etag().equals(request.header("If-None-Match"))) {
      return new PageResponse(304, "", headers, new byte[0]);
    }
    String encodings = request.header("Accept-Encoding");
    if (encodings != null && encodings.contains("gzip")) {
      headers.put("Content-Encoding", "gzip");
      return new PageResponse(200, asset.contentType(), headers, asset.gzip());
    }
    return new PageResponse(200, asset.contentType(), headers, asset.plain());
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("asset " + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("asset " + name, e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new BestGzip(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip in memory", e);
    }
    return out.toByteArray();
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
