package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompilersTest {
  private static final String FIELDS = "S 1 1 1 0 -1 4194368 5 0 0 0 ";

  @Test
  void addsUserAndSystemTimeOfCompiler() {
    assertThat(Compilers.cpu("42 (C2 CompilerThre) " + FIELDS + "120 30 0 0 20 0"))
        .isEqualTo(Duration.ofMillis(1_500));
    assertThat(Compilers.cpu("42 (C1 CompilerThre) " + FIELDS + "1 0 0 0 20 0"))
        .isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void leavesOtherThreadsOut() {
    assertThat(Compilers.cpu("42 (http) " + FIELDS + "120 30 0 0 20 0")).isZero();
    assertThat(Compilers.cpu("42 (GC (Thread) #1) " + FIELDS + "120 30 0 0 20 0")).isZero();
  }

  @Test
  void doesNotKnowProcessThatIsNone() {
    assertThat(new Compilers(0).known()).isFalse();
  }
}
