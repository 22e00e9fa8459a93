package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.grouping.GroupingInForce;
import io.levee.engine.grouping.HeapGroupingStore;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Kind;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {
  private final GroupingInForce grouping =
      new GroupingInForce(new HeapGroupingStore(), Clock.systemUTC());
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

    assertThat(grouped.fingerprint()).isEqualTo(grouping.group(event).primary());
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

  @Test
  void setsWhatFindsTheIssueOfErrorsAlone() {
    Frame library = Frame.of("run", "org.lib.Server", "Server.java", 7, false);
    Frame own = Frame.of("pay", "com.shop.Checkout", "Checkout.java", 7, true);
    EventBuilder event =
        event().exceptions(List.of(ExceptionInfo.of("E", "boom", List.of(own, library))));

    assertThat(group.apply(event.build()).variants()).hasSize(1);
    assertThat(group.apply(event.kind(Kind.LOG).build()).variants()).isEmpty();
  }

  @Test
  void setsTheTitleOfARule() {
    ProjectId shop = new ProjectId(1);
    assertThat(grouping.save(shop, 0, "type:E -> {{ default }} title=\"Bank: {{ type }}\"", "ada"))
        .isInstanceOf(GroupingInForce.InForce.class);

    assertThat(group.apply(event().build()).title()).isEqualTo("Bank: E");
  }
}
