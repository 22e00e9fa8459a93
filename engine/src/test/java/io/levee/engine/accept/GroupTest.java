package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.issue.Grouping;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.ProjectId;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {
  private final Grouping grouping = new Grouping();
  private final Group group = new Group(grouping);

  private static EventBuilder event() {
    Frame frame = Frame.of("pay", "com.shop.Checkout", "Checkout.java", 7, true);
    return Event.builder(new EventId(1, 2), new ProjectId(1))
        .exceptions(List.of(ExceptionInfo.of("E", "boom", List.of(frame))));
  }

  @Test
  void setsFingerprintAndCulprit() {
    Event event = event().build();

    Event grouped = group.apply(event);

    assertThat(grouped.fingerprint()).isEqualTo(grouping.group(event).fingerprint());
    assertThat(grouped.culprit()).isEqualTo("com.shop.Checkout.pay");
    assertThat(grouped.marks()).isEmpty();
  }

  @Test
  void keepsTheCulpritThatTheClientNamed() {
    assertThat(group.apply(event().culprit("POST /pay").build()).culprit()).isEqualTo("POST /pay");
  }

  @Test
  void survivesEventsWithNothingInThem() {
    Event bare = Event.builder(new EventId(1, 2), new ProjectId(1)).build();

    Event grouped = group.apply(bare);

    assertThat(grouped.fingerprint()).isNotNull();
    assertThat(grouped.culprit()).isNull();
  }
}
