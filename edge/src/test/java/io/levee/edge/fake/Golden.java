package io.levee.edge.fake;

import io.levee.edge.net.HttpCall;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request that a real client sent.
 *
 * @param name of the files, without ending
 * @param call with the body as sent
 * @param body decompressed
 */
@SuppressWarnings("ArrayRecordComponent") // Read by tests only.
public record Golden(String name, HttpCall call, byte[] body) {
  private static final JsonText JSON = new JsonText(JsonLimits.DEFAULT);

  /** All whose names start so and that have a body, by name. */
  public static List<Golden> startingWith(String prefix) {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(".body"))
          .map(name -> name.substring(0, name.length() - ".body".length()))
          .sorted()
          .map(Golden::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one with this name. */
  public static Golden of(String name) {
    try {
      Path bodyFile = folder().resolve(name + ".body");
      byte[] sent = Files.exists(bodyFile) ? Files.readAllBytes(bodyFile) : new byte[0];
      Json.Obj http = parse(Files.readAllBytes(folder().resolve(name + ".http.json")));
      Map<String, String> headers = new LinkedHashMap<>();
      for (Json header : http.array("headers")) {
        List<Json> pair = ((Json.Arr) header).items();
        headers.putIfAbsent(text(pair.getFirst()).toLowerCase(Locale.ROOT), text(pair.getLast()));
      }
      boolean zipped = "gzip".equals(headers.get("content-encoding"));
      return new Golden(name, call(http, headers, sent), zipped ? unzip(sent) : sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpCall call(Json.Obj http, Map<String, String> headers, byte[] sent) {
    String target = text(http.fields().get("path"));
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    return new HttpCall(
        text(http.fields().get("method")),
        path,
        mark < 0 ? Map.of() : query(target.substring(mark + 1)),
        name -> headers.get(name.toLowerCase(Locale.ROOT)),
        "198.51.100.9",
        new ByteArrayInputStream(sent),
        Map.of());
  }

  private static Map<String, List<String>> query(String text) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String part : text.split("&")) {
      String[] pair = part.split("=", 2);
      String value = pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
      query.computeIfAbsent(pair[0], ignored -> new ArrayList<>()).add(value);
    }
    return query;
  }

  private static byte[] unzip(byte[] sent) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      return in.readAllBytes();
    }
  }

  /** A JSON object, as tests write it. */
  public static Json.Obj parse(byte[] json) {
    if (JSON.parse(json) instanceof JsonText.Value(Json.Obj object)) {
      return object;
    }
    throw new IllegalArgumentException(
        "not a JSON object: " + new String(json, StandardCharsets.UTF_8));
  }

  private static String text(@Nullable Json json) {
    String text = json == null ? null : json.scalarText();
    if (text == null) {
      throw new IllegalArgumentException("not a text: " + json);
    }
    return text;
  }

  private static Path folder() {
    return resources().resolve("golden");
  }

  /** The folder of the test resources, as they stand in the source tree's copy. */
  public static Path resources() {
    try {
      return Path.of(Objects.requireNonNull(Golden.class.getResource("/golden/README.md")).toURI())
          .resolve("../..")
          .normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
