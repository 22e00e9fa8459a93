package io.levee.edge.fake;

import io.levee.edge.net.BodyLimits;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.MemoryLedger;
import io.levee.edge.net.Routes;
import io.levee.engine.accept.Budget;
import io.levee.engine.accept.Intake;
import io.levee.engine.accept.Limit;
import io.levee.engine.accept.Limits;
import io.levee.engine.measure.Ledger;
import io.levee.engine.registry.Permission;
import io.levee.event.Event;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything behind a door, in memory: two projects, their keys, a real intake on a fake bus. Used
 * by one thread.
 */
public final class FakeHouse {
  /** May send to project 1. */
  public static final String KEY = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

  /** May send to project 2. */
  public static final String OTHER_KEY = "00000000000000000000000000000002";

  /** May only read project 1. */
  public static final String READ_KEY = "00000000000000000000000000000003";

  /** Nobody's. */
  public static final String UNKNOWN_KEY = "ffffffffffffffffffffffffffffffff";

  public static final String LOG = "7b9e3c4a-1d2f-4e5a-8b6c-9d0e1f2a3b4c";
  public static final String OTHER_LOG = "7b9e3c4a-1d2f-4e5a-8b6c-000000000002";
  public static final Instant NOW = Instant.parse("2026-11-21T23:45:00Z");

  public final ManualClock clock = new ManualClock(NOW);
  public final FakeBus bus = new FakeBus();
  public final FakeLedgerStore ledgerStore = new FakeLedgerStore();
  public final Ledger ledger = new Ledger(clock, ledgerStore);
  public final MemoryLedger memory = new MemoryLedger(64L << 20);
  public final BodyReader bodies = new BodyReader(BodyLimits.DEFAULT, memory);
  public final FakeRegistry registry =
      new FakeRegistry()
          .project(1, LOG)
          .project(2, OTHER_LOG)
          .key(KEY, 1, Permission.INGEST)
          .key(OTHER_KEY, 2, Permission.INGEST)
          .key(READ_KEY, 1, Permission.READ);
  public final Routes routes = new Routes();
  public final Intake intake;

  /** With room for as many events as a test may send. */
  public FakeHouse() {
    this(1_000_000);
  }

  /**
   * @param eventsMax how many events each project may send before it is throttled
   */
  public FakeHouse(long eventsMax) {
    this.intake =
        new Intake(
            Budget.of(Limits.NONE.with(Limit.EVENTS_PER_MINUTE, Math.max(1, eventsMax))),
            List.of(event -> event.toBuilder().fingerprint(new Fingerprint(1, 1, 1)).build()),
            new FakeRecentIds(),
            bus,
            ledger);
  }

  /** What became durable. */
  public List<Event> events() {
    return bus.events();
  }

  /** What the ledger says so far, as {@link FakeLedgerStore#lines}. */
  public List<String> ledgerLines() {
    ledger.flush();
    return ledgerStore.lines();
  }

  public HttpReply send(HttpCall call) {
    return routes.handle(call);
  }

  /** A POST of text. */
  public HttpReply post(String target, Map<String, String> headers, String body) {
    return send(posting(target, headers, body));
  }

  /** The call that a POST of text is. */
  public static HttpCall posting(String target, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return call("POST", target, headers, new ByteArrayInputStream(bytes));
  }

  public HttpReply get(String target, Map<String, String> headers) {
    return send(call("GET", target, headers, InputStream.nullInputStream()));
  }

  /** A call; the query is taken as it stands, not decoded. */
  public static HttpCall call(
      String method, String target, Map<String, String> headers, InputStream body) {
    int mark = target.indexOf('?');
    Map<String, List<String>> query = new HashMap<>();
    if (mark >= 0) {
      for (String part : target.substring(mark + 1).split("&")) {
        String[] pair = part.split("=", 2);
        query.merge(pair[0], List.of(pair[1]), FakeHouse::both);
      }
    }
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new HttpCall(
        method,
        mark < 0 ? target : target.substring(0, mark),
        query,
        name -> lower.get(name.toLowerCase(Locale.ROOT)),
        "198.51.100.9",
        body,
        Map.of());
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** A reply's body. */
  public static String text(HttpReply reply) {
    return new String(((HttpReply.Bytes) reply.body()).bytes(), StandardCharsets.UTF_8);
  }

  /** A reply's body as an object. */
  public static Json.Obj json(HttpReply reply) {
    return Golden.parse(((HttpReply.Bytes) reply.body()).bytes());
  }

  /** A body that must not be touched. */
  public static InputStream untouchable() {
    return new InputStream() {
      @Override
      public int read() {
        throw new AssertionError("the body was read");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return read();
      }
    };
  }
}
