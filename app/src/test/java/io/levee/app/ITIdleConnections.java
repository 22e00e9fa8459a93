package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Many who hold a connection and say nothing. */
@Isolated // It compares times.
final class ITIdleConnections {
  private static final int CONNECTIONS = 5_000;
  private static final long ANSWER_NANOS_MAX = Duration.ofSeconds(2).toNanos();

  @TempDir private Path data;

  @Test
  void fiveThousandIdleConnectionsDisturbNobody() throws IOException, InterruptedException {
    assumeThat(descriptorsLeft())
        .as("file descriptors left in this process: raise ulimit -n to run this test")
        .isGreaterThan(2 * CONNECTIONS + 1_000);
    List<Socket> idle = new ArrayList<>(CONNECTIONS);
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      URI url = URI.create(levee.url());
      InetAddress host = InetAddress.getByName(url.getHost());
      for (int i = 0; i < CONNECTIONS; i++) {
        idle.add(new Socket(host, url.getPort()));
      }

      long slowest = 0;
      for (int i = 0; i < 200; i++) {
        long begun = System.nanoTime();
        String event = "{\"id\":\"%032x\",\"title\":\"event\"}".formatted(i);
        assertThat(levee.post("/api/v1/events", levee.sendKey(), event).statusCode())
            .isEqualTo(200);
        slowest = Math.max(slowest, System.nanoTime() - begun);
      }
      assertThat(slowest).isLessThan(ANSWER_NANOS_MAX);

      for (int i = 0; i < CONNECTIONS; i += 25) {
        assertThat(askHealth(idle.get(i))).startsWith("HTTP/1.1 200");
      }
      assertThat(levee.get("/metrics").body())
          .containsPattern("levee_http_connections 5\\d{3}\\.0");
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  private static String askHealth(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    socket
        .getOutputStream()
        .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    byte[] answer = in.readNBytes(12);
    return new String(answer, StandardCharsets.US_ASCII);
  }

  private static long descriptorsLeft() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
        ? os.getMaxFileDescriptorCount() - os.getOpenFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
