package io.levee.engine.sampling;

import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventHeader;
import io.levee.event.EventRecord;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import io.levee.event.Mark;
import io.levee.event.SamplePlace;
import io.levee.event.User;
import java.util.List;

/** Makes the record by which a dropped event is stored after all. */
final class Promotion {
  private Promotion() {}

  static EventRecord of(EventRecord carrier, long run, long weight, long through) {
    Event whole = carrier.body().length == 0 ? headOnly(carrier.header()) : carrier.event();
    int events = events(weight);
    return new EventRecord(
        carrier.header().standingFor(events, new SamplePlace(run, through, true)),
        CanonicalJson.write(whole.toBuilder().weight(events).build()));
  }

  /** A weight as events carry it. */
  static int events(long weight) {
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }

  /**
   * What is known of an event whose body nobody kept: only when a crash came between two requests
   * that raced for the same run, or the body could not be written.
   */
  private static Event headOnly(EventHeader header) {
    return Event.builder(header.id(), header.project())
        .kind(header.kind())
        .level(header.level())
        .time(header.time())
        .received(header.received())
        .fingerprint(header.fingerprint())
        .variants(header.variants())
        .title(header.title())
        .culprit(header.culprit())
        .logger(header.logger())
        .platform(header.platform())
        .environment(header.environment())
        .release(header.release())
        .user(user(header))
        .exceptions(exceptions(header))
        .mark(new Mark("event", Mark.Change.DROPPED, "sampled out: only its head was kept"))
        .build();
  }

  private static User user(EventHeader header) {
    return header.userKey() == null
        ? User.EMPTY
        : new User(header.userKey(), null, null, null, Json.Obj.EMPTY);
  }

  private static List<ExceptionInfo> exceptions(EventHeader header) {
    return header.exceptionType() == null
        ? List.of()
        : List.of(
            new ExceptionInfo(
                header.exceptionType(),
                null,
                null,
                null,
                Json.Obj.EMPTY,
                List.of(),
                Json.Obj.EMPTY));
  }
}
