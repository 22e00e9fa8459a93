package io.levee.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves the console over stores in memory, for looking and for browser tests. */
final class DevServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  DevServer(Console console, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(console, exchange));
    server.start();
  }

  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7576;
    World world = new World(Clock.systemUTC(), 7).populate();
    DevServer server = new DevServer(new Console(world.ports()), port);
    System.out.println("http://127.0.0.1:" + server.port());
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void answer(Console console, HttpExchange exchange) throws IOException {
    try (exchange) {
      PageResponse response = console.handle(request(exchange));
      response.headers().forEach(exchange.getResponseHeaders()::set);
      if (!response.contentType().isEmpty()) {
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
      }
      PageResponse.Writer writer = response.writer();
      if (writer != null) {
        exchange.sendResponseHeaders(response.status(), 0);
        stream(writer, exchange.getResponseBody());
        return;
      }
      boolean bodiless = response.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.body().length);
      if (!bodiless) {
        exchange.getResponseBody().write(response.body());
      }
    }
  }

  private static void stream(PageResponse.Writer writer, OutputStream out) throws IOException {
    try {
      writer.write(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PageRequest request(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name, String.join("; ", values)));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return new PageRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        pairs(exchange.getRequestURI().getRawQuery()),
        pairs(body),
        headers);
  }

  private static Map<String, List<String>> pairs(@Nullable String text) {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) {
      return pairs;
    }
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs
          .computeIfAbsent(
              URLDecoder.decode(name, StandardCharsets.UTF_8), ignored -> new ArrayList<>())
          .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return pairs;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
