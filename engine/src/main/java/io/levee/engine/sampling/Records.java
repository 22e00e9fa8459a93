package io.levee.engine.sampling;

import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventHeader;
import io.levee.event.EventRecord;
import io.levee.event.SamplePlace;
import org.jspecify.annotations.Nullable;

/** How an event is written, by what was decided about it. */
final class Records {
  private static final byte[] NO_BODY = {};

  private Records() {}

  static EventRecord of(Event event, @Nullable String senderKey, Burst.Decision decision) {
    return switch (decision) {
      case Burst.Plain ignored -> EventRecord.of(event, senderKey);
      case Burst.Kept kept -> kept(event, senderKey, kept);
      case Burst.Dropped dropped -> dropped(event, senderKey, dropped);
    };
  }

  private static EventRecord kept(Event event, @Nullable String senderKey, Burst.Kept kept) {
    Run.Take take = kept.take();
    int events = Promotion.events(event.weight() + take.weight());
    EventRecord whole = EventRecord.of(event.toBuilder().weight(events).build(), senderKey);
    SamplePlace place = new SamplePlace(kept.run().id(), take.through(), false);
    return new EventRecord(whole.header().standingFor(events, place), whole.body());
  }

  private static EventRecord dropped(
      Event event, @Nullable String senderKey, Burst.Dropped dropped) {
    SamplePlace place = new SamplePlace(dropped.run().id(), dropped.number(), false);
    return new EventRecord(
        EventHeader.of(event, senderKey).sampledOut(place),
        dropped.bringsBody() ? CanonicalJson.write(event) : NO_BODY);
  }
}
