package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, in a real process. */
final class ITStop {
  private static final Duration STOP_MAX = Duration.ofSeconds(10);
  private static final int EVENTS = 3_000;
  private static final int SENDERS = 4;

  @TempDir private Path folder;
  private Path data = Path.of("data");

  @BeforeEach
  void makeFolder() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
  }

  private static String event(int number) {
    return "{\"id\":\"%032x\",\"title\":\"event\",\"message\":\"order failed\"}".formatted(number);
  }

  @Test
  void endsInTimeWhateverClientsDo() throws IOException, InterruptedException {
    try (ChildLevee levee = new ChildLevee(data);
        Socket halfBody = connect(levee);
        Socket halfHeader = connect(levee);
        Socket watching = connect(levee)) {
      assertThat(levee.send(event(1))).isEqualTo(200);
      write(
          halfBody,
          "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + levee.key()
              + "\r\nContent-Length: 1000\r\n\r\n{\"title\":");
      write(halfHeader, "GET / HTTP/1.1\r\nX-A");
      write(
          watching,
          "GET /api/v1/tail HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + levee.key()
              + "\r\n\r\n");
      assertThat(watching.getInputStream().read()).isEqualTo('H');

      Duration took = levee.terminate();

      assertThat(took).isLessThan(STOP_MAX);
      assertThat(levee.exitCode()).isEqualTo(143);
      levee.startAgain();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertThat(levee.get("/api/v1/events/count")).contains("\"events\":1"));
    }
  }

  @Test
  void endsInTimeThoughTheDatabaseIsHeldBySomebody()
      throws IOException, InterruptedException, SQLException {
    try (ChildLevee levee = new ChildLevee(data);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("levee.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThat(levee.send(event(1))).isEqualTo(200);

      Duration took = levee.terminate();

      assertThat(took).isLessThan(STOP_MAX);
      statement.execute("ROLLBACK");
      levee.startAgain();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(levee.get("/api/v1/issues")).contains("\"events\":1"));
    }
  }

  @Test
  void aHotRestartLosesNothingOfWhoeverTriesAgain() throws IOException, InterruptedException {
    try (ChildLevee levee = new ChildLevee(data)) {
      AtomicInteger next = new AtomicInteger();
      AtomicInteger retries = new AtomicInteger();
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(Thread.ofVirtual().start(() -> sendAll(levee, next, retries)));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> next.get() > EVENTS / 3);

      assertThat(levee.terminate()).isLessThan(STOP_MAX);
      levee.startAgain();
      for (Thread sender : senders) {
        sender.join();
      }

      assertThat(retries.get()).isPositive();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(levee.get("/api/v1/events/count")).contains("\"events\":" + EVENTS + ","));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(levee.get("/api/v1/issues")).contains("\"events\":" + EVENTS + ","));
    }
  }

  /** As a good client does: until it hears yes, with the same id. */
  private static void sendAll(ChildLevee levee, AtomicInteger next, AtomicInteger retries) {
    try {
      for (int number = next.getAndIncrement(); number < EVENTS; number = next.getAndIncrement()) {
        while (levee.send(event(number)) != 200) {
          retries.incrementAndGet();
          Thread.sleep(50);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Socket connect(ChildLevee levee) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), levee.port());
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
