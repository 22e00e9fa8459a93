package io.levee.edge.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HttpConfigTest {
  @Test
  void connectionsLeaveFilesForTheStores() {
    assertThat(HttpConfig.connectionsFor(1_024, HttpConfig.CONNECTIONS_MAX)).isEqualTo(512);
    assertThat(HttpConfig.connectionsFor(4_096, HttpConfig.CONNECTIONS_MAX)).isEqualTo(2_096);
    assertThat(HttpConfig.connectionsFor(20_000, HttpConfig.CONNECTIONS_MAX)).isEqualTo(18_000);
    assertThat(HttpConfig.connectionsFor(1L << 40, HttpConfig.CONNECTIONS_MAX)).isEqualTo(20_000);
  }
}
