package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class HostGuardTest {
  private final HostGuard guard =
      new HostGuard("127.0.0.1", () -> URI.create("https://levee.example.org"));

  @Test
  void knowsAddressesAndItsOwnNames() {
    assertThat(guard.knows("127.0.0.1:7575")).isTrue();
    assertThat(guard.knows("[::1]:7575")).isTrue();
    assertThat(guard.knows("LocalHost")).isTrue();
    assertThat(guard.knows("levee.example.org")).isTrue();
    assertThat(guard.knows(null)).isTrue();
  }

  @Test
  void doesNotKnowAStrangersName() {
    assertThat(guard.knows("evil.example.com:7575")).isFalse();
    assertThat(guard.knows("127.0.0.1.evil.example.com")).isFalse();
    assertThat(guard.knows("")).isFalse();
  }
}
