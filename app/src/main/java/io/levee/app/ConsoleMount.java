package io.levee.app;

import io.levee.console.Console;
import io.levee.console.PageRequest;
import io.levee.console.PageResponse;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hangs the console under the HTTP server. */
final class ConsoleMount implements Endpoint {
  private static final List<String> HEADERS =
      List.of(
          "Host",
          "Origin",
          "Sec-Fetch-Site",
          "Cookie",
          "HX-Request",
          "Accept-Encoding",
          "If-None-Match");
  private static final int FIELDS_MAX = 2_000;

  private final Console console;
  private final BodyReader forms;
  private final HostGuard hosts;

  /**
   * @param forms reads what pages send: small
   */
  ConsoleMount(Console console, BodyReader forms, HostGuard hosts) {
    this.hosts = hosts;
    this.console = console;
    this.forms = forms;
  }

  @Override
  public HttpReply handle(HttpCall call) {
    if (!hosts.knows(call.header("Host"))) {
      return HttpReply.text(
          421,
          "this console is not served under that name (expected: an IP address, localhost, or the"
              + " name of --public-url)\n");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : HEADERS) {
      String value = call.header(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    if (!"POST".equals(call.method())) {
      return answer(call, Map.of(), headers);
    }
    return switch (forms.read(call)) {
      case RequestBody.Unreadable body ->
          body.on(HttpReply.text(body.status(), body.message() + "\n"));
      case RequestBody.Whole body -> {
        try (body) {
          yield answer(call, form(new String(body.bytes(), StandardCharsets.UTF_8)), headers);
        } catch (IllegalArgumentException e) {
          yield HttpReply.text(400, "form: " + e.getMessage() + "\n");
        }
      }
    };
  }

  private HttpReply answer(
      HttpCall call, Map<String, List<String>> form, Map<String, String> headers) {
    PageResponse page =
        console.handle(new PageRequest(call.method(), call.path(), call.query(), form, headers));
    Map<String, String> all = new LinkedHashMap<>(page.headers());
    if (!page.contentType().isEmpty()) {
      all.put("Content-Type", page.contentType());
    }
    PageResponse.Writer writer = page.writer();
    HttpReply.Body body =
        writer == null || call.method().equals("HEAD")
            ? new HttpReply.Bytes(page.body())
            : new HttpReply.Stream(writer::write);
    return new HttpReply(page.status(), all, body);
  }

  private static Map<String, List<String>> form(String body) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    if (body.isEmpty()) {
      return fields;
    }
    String[] pairs = body.split("&", FIELDS_MAX + 1);
    if (pairs.length > FIELDS_MAX) {
      throw new IllegalArgumentException("more than " + FIELDS_MAX + " fields");
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      fields.computeIfAbsent(decoded(name), ignored -> new ArrayList<>()).add(decoded(value));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
