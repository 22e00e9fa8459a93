package io.levee.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.issue.Contribution;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.ProjectId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventComparisonTest {
  private static Grouped grouped(String function, String library) {
    Frame own = Frame.of(function, "com.shop.Cart", null, 1, true);
    Frame other = Frame.of(library, "org.lib.Server", null, 1, false);
    Event event =
        Event.builder(new EventId(1, 2), new ProjectId(1))
            .platform("java")
            .exceptions(List.of(ExceptionInfo.of("E", "x", List.of(own, other))))
            .build();
    return new EventGrouping().group(event, GroupingRules.NONE, false);
  }

  @Test
  void saysWhichVariantAgrees() {
    EventComparison comparison = EventComparison.of(grouped("pay", "a"), grouped("pay", "b"));

    assertThat(comparison.shared()).isEqualTo(grouped("pay", "c").primary());
    assertThat(comparison.variants())
        .extracting(EventComparison.Beside::same)
        .containsExactly(true, false);
  }

  @Test
  void saysWhatStandsInOneAlone() {
    EventComparison comparison = EventComparison.of(grouped("pay", "a"), grouped("refund", "a"));

    assertThat(comparison.shared()).isNull();
    assertThat(comparison.variants().getFirst().onlyOne())
        .containsExactly(new Contribution("frame", "com.shop.Cart pay"));
    assertThat(comparison.variants().getFirst().onlyOther())
        .containsExactly(new Contribution("frame", "com.shop.Cart refund"));
  }
}
