package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

final class MainTest {
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

  @Test
  void virtualThreadsHaveMoreCarriersThanCores() {
    Properties properties = new Properties();

    Main.carryMoreThanCores(properties, 2);

    assertThat(properties.getProperty(CARRIERS)).isEqualTo("16");
  }

  @Test
  void whatTheUserSaysOfCarriersStays() {
    Properties properties = new Properties();
    properties.setProperty(CARRIERS, "3");

    Main.carryMoreThanCores(properties, 2);

    assertThat(properties.getProperty(CARRIERS)).isEqualTo("3");
  }
}
