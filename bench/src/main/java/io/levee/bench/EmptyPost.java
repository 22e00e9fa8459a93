package io.levee.bench;

import io.levee.edge.net.BodyLimits;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpConfig;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.HttpServer;
import io.levee.edge.net.MemoryLedger;
import io.levee.edge.net.RequestBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The yardstick of the door: the same HTTP server as Levee's, which reads the whole body, does
 * nothing with it and answers 200. What Levee adds to it is Levee's.
 */
final class EmptyPost {
  private static final byte[] ANSWER = "{}".getBytes(StandardCharsets.US_ASCII);
  private static final long BODY_MEMORY_BYTES = 128L << 20;

  private EmptyPost() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the file into which it writes its port
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[0]);
    try (HttpServer server = new HttpServer(HttpConfig.on("127.0.0.1", 0), endpoint())) {
      server.start();
      Path whole = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(whole, Integer.toString(server.port()));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      Thread.currentThread().join();
    }
  }

  static Endpoint endpoint() {
    BodyReader bodies = new BodyReader(BodyLimits.DEFAULT, new MemoryLedger(BODY_MEMORY_BYTES));
    return call ->
        switch (bodies.read(call)) {
          case RequestBody.Whole whole -> {
            whole.close();
            yield HttpReply.of(200, "application/json", ANSWER);
          }
          case RequestBody.Unreadable unreadable ->
              HttpReply.text(unreadable.status(), unreadable.message());
        };
  }
}
