package io.levee.edge.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HttpConfigTest {
  @Test
  void connectionsLeaveFilesForTheStores() {
    assertThat(HttpConfig.connectionsFor(1_024)).isEqualTo(512);
    assertThat(HttpConfig.connectionsFor(4_096)).isEqualTo(2_096);
    assertThat(HttpConfig.connectionsFor(20_000)).isEqualTo(18_000);
    assertThat(HttpConfig.connectionsFor(1L << 40)).isEqualTo(20_000);
  }
}
