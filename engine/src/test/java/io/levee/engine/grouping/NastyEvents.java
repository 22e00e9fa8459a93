package io.levee.engine.grouping;

import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Events out of a number: what compilers, bundlers and clients of all platforms write, on whatever
 * platform, and what nobody should write. The same number always gives the same event, so that
 * fingerprints of today can be held against those of then.
 */
final class NastyEvents {
  private final Random random;

  private NastyEvents(long number) {
    this.random = new Random(number * 0x9E3779B97F4A7C15L);
  }

  /** The event of a number. */
  static Event of(long number) {
    return new NastyEvents(number).event();
  }

  private Event event() {
    EventBuilder event = Event.builder(new EventId(1, 2), new ProjectId(1));
    event.platform(
        one(20) ? null : NastyNames.PLATFORMS[random.nextInt(NastyNames.PLATFORMS.length)]);
    event
        .title("title " + text(NastyNames.VALUES))
        .message(one(3) ? text(NastyNames.VALUES) : null);
    event.culprit(one(3) ? "GET /cart/" + random.nextInt(9) : null);
    event
        .kind(one(20) ? Kind.TRANSACTION : Kind.ERROR)
        .tags(Map.of("tenant", text(NastyNames.FUNCTIONS)));
    if (one(12)) {
      event.clientFingerprint(
          one(2) ? List.of("{{ default }}", "{{ tags.tenant }}") : List.of("{{ function }}", "x"));
    }
    return event.exceptions(one(15) ? List.of() : chain()).build();
  }

  private List<ExceptionInfo> chain() {
    List<ExceptionInfo> chain = new ArrayList<>();
    int length = 1 + (one(2) ? 0 : random.nextInt(4));
    for (int i = 0; i < length; i++) {
      boolean again = i > 0 && one(4);
      chain.add(again ? chain.getLast() : exception(i == 0 ? List.of() : chain.getLast().frames()));
    }
    return chain;
  }

  /** An exception, that shares some callers with the one before it. */
  private ExceptionInfo exception(List<Frame> before) {
    List<Frame> frames = new ArrayList<>();
    int length = one(6) ? 0 : random.nextInt(one(20) ? 90 : 12);
    boolean appSaid = one(2);
    for (int i = 0; i < length; i++) {
      boolean again = !frames.isEmpty() && one(5);
      frames.add(again ? frames.get(random.nextInt(frames.size())) : frame(appSaid));
    }
    if (one(3)) {
      frames.addAll(before.subList(before.size() / 2, before.size()));
    }
    return ExceptionInfo.of(maybe(NastyNames.TYPES), maybe(NastyNames.VALUES), frames);
  }

  private Frame frame(boolean appSaid) {
    return new Frame(
        maybe(NastyNames.FUNCTIONS),
        one(2) ? maybe(NastyNames.MODULES) : null,
        maybe(NastyNames.PATHS),
        one(2) ? maybe(NastyNames.PATHS) : null,
        random.nextInt(900),
        1,
        (appSaid && !one(3)) ? one(2) : null,
        one(2) ? maybe(NastyNames.LINES) : null,
        List.of(),
        List.of(),
        Json.Obj.EMPTY,
        one(4) ? Json.object("package", Json.text(text(NastyNames.PATHS))) : Json.Obj.EMPTY);
  }

  private @Nullable String maybe(String[] known) {
    return one(12) ? null : text(known);
  }

  /** A known text; often with pieces put into it, taken out of it, or in other case. */
  private String text(String[] known) {
    StringBuilder text = new StringBuilder(known[random.nextInt(known.length)]);
    int changes = one(2) ? 0 : random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, NastyNames.PIECES[random.nextInt(NastyNames.PIECES.length)]);
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
        case 2 -> text.insert(at, known[random.nextInt(known.length)]);
        default -> text.insert(at, random.nextInt(1 << 30));
      }
    }
    return text.toString();
  }

  /** True once in so many times. */
  private boolean one(int inSoMany) {
    return random.nextInt(inSoMany) == 0;
  }
}
