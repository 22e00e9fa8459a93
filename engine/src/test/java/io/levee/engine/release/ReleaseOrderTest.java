package io.levee.engine.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ReleaseOrderTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  /** The order of semver.org's section 11, and of its relatives. */
  @Test
  void ordersVersionsAsSemverSays() {
    List<String> rising =
        List.of(
            "0.9.9",
            "1.0.0-1",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "v1.0.0+build.7",
            "1.2",
            "1.10.0",
            "1.10.0.4",
            "42",
            "20260101");

    for (int i = 0; i < rising.size(); i++) {
      for (int j = 0; j < rising.size(); j++) {
        int order = ReleaseOrder.compare(rising.get(i), EARLY, rising.get(j), EARLY);
        assertThat(Integer.signum(order))
            .as(rising.get(i) + " and " + rising.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void readsNoVersionWhereThereIsNone() {
    for (String name :
        List.of("", "feature-x", "0123456", "1.2.3.4.5", "1..2", "deadbeef", "1.2.3 final", "@")) {
      assertThat(SemanticVersion.parse(name)).as(name).isNull();
    }
    assertThat(SemanticVersion.parse("@acme/shop@1.2.3"))
        .isEqualTo(new SemanticVersion("@acme/shop", List.of(1L, 2L, 3L, 0L), List.of()));
  }

  @Test
  void goesByFirstSightWhereNamesDontTell() {
    Instant later = EARLY.plusSeconds(1);
    assertThat(ReleaseOrder.compare("b7e", EARLY, "a31", later)).isNegative();
    assertThat(ReleaseOrder.compare("shop@2.0.0", EARLY, "blog@1.0.0", later)).isNegative();
    assertThat(ReleaseOrder.compare("b7e", null, "a31", later)).isPositive();
    assertThat(ReleaseOrder.compare("2.0.0", EARLY, "1.0.0", later)).isPositive();
    assertThat(ReleaseOrder.compare("1.0.0+a", EARLY, "1.0.0+b", later)).isNegative();
  }

  @Test
  void sortsMixedListsTheSameFromAnyStart() {
    record Known(String name, Instant firstSeen) {}
    List<Known> known = new ArrayList<>();
    List<String> names =
        List.of("1.2.0", "x", "1.1.0", "shop@3.0", "y", "1.10.0", "shop@1.0", "z", "1.3.0");
    for (int i = 0; i < names.size(); i++) {
      known.add(new Known(names.get(i), EARLY.plusSeconds(i)));
    }
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      Collections.shuffle(known, random);
      Function<Known, Instant> firstSeen = Known::firstSeen;
      assertThat(ReleaseOrder.latestFirst(known, Known::name, firstSeen))
          .extracting(Known::name)
          .containsExactly(
              "1.10.0", "z", "shop@3.0", "1.3.0", "y", "shop@1.0", "1.2.0", "x", "1.1.0");
    }
  }
}
