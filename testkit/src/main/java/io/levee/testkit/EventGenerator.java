package io.levee.testkit;

import io.levee.event.Breadcrumb;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import io.levee.event.Request;
import io.levee.event.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes believable events, the same ones for the same seed: about 3 KB of canonical JSON, 8 frames,
 * 5 breadcrumbs, 3 tags, a hundred different problems, a hundred users. Not thread-safe.
 */
public final class EventGenerator {
  private static final int PROBLEMS = 100;
  private static final int FRAMES = 8;
  private static final int BREADCRUMBS = 5;
  private static final List<String> TYPES =
      List.of(
          "IllegalStateException",
          "TimeoutException",
          "NullPointerException",
          "SQLException",
          "HttpClientError");
  private static final List<String> WORDS =
      List.of(
          "checkout",
          "basket",
          "payment",
          "inventory",
          "session",
          "invoice",
          "shipping",
          "catalog",
          "login",
          "search");

  private final Random random;
  private final ProjectId project;
  private final Instant start;
  private long count;

  /**
   * @param start time of the first event; each following one is a millisecond later
   */
  public EventGenerator(long seed, ProjectId project, Instant start) {
    this.random = new Random(seed);
    this.project = project;
    this.start = start;
  }

  /** The next event. */
  public Event next() {
    int problem = random.nextInt(PROBLEMS);
    String type = TYPES.get(problem % TYPES.size());
    String word = WORDS.get(problem % WORDS.size());
    Instant time = start.plusMillis(count++);
    String value = word + " " + problem + " failed for order " + random.nextInt(1_000_000);
    return Event.builder(EventId.random(random), project)
        .kind(Kind.ERROR)
        .time(time)
        .received(time.plus(Duration.ofMillis(40)))
        .level(problem % 10 == 0 ? Level.FATAL : Level.ERROR)
        .title(type + ": " + value)
        .logger("shop." + word)
        .platform("java")
        .host("web-" + random.nextInt(4))
        .environment(random.nextInt(5) == 0 ? "staging" : "production")
        .release("shop@4.2." + random.nextInt(3))
        .culprit("com.shop." + word + ".Service.run" + problem)
        .request(
            Request.of("POST", "https://shop.example/" + word + "/" + random.nextInt(10_000), 500))
        .user(
            new User(
                Integer.toString(random.nextInt(100)),
                null,
                null,
                "198.51.100." + random.nextInt(250),
                Json.Obj.EMPTY))
        .traceId(EventId.random(random).toString())
        .tags(tags(word))
        .exceptions(List.of(ExceptionInfo.of(type, value, frames(word, problem))))
        .breadcrumbs(breadcrumbs(time, word))
        .contexts(Json.object("runtime", Json.object("name", Json.text("OpenJDK"))))
        .extra(Json.object("order_total", Json.number(random.nextInt(500) + 0.99)))
        .fingerprint(new Fingerprint(1, problem, project.value()))
        .build();
  }

  /** The next so many events. */
  public List<Event> next(int events) {
    List<Event> made = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      made.add(next());
    }
    return made;
  }

  /** The next so many events, as they travel on the bus. */
  public List<EventRecord> records(int events) {
    return next(events).stream().map(EventRecord::of).toList();
  }

  private Map<String, String> tags(String word) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("region", random.nextBoolean() ? "eu-west" : "us-east");
    tags.put("feature", word);
    tags.put("tenant", "tenant-" + random.nextInt(50));
    return tags;
  }

  private List<Frame> frames(String word, int problem) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      boolean inApp = i < FRAMES / 2;
      String module = inApp ? "com.shop." + word + ".Layer" + i : "org.framework.web.Filter" + i;
      frames.add(Frame.of("run" + problem, module, "Layer" + i + ".java", 10 + problem + i, inApp));
    }
    return frames;
  }

  private List<Breadcrumb> breadcrumbs(Instant time, String word) {
    List<Breadcrumb> breadcrumbs = new ArrayList<>();
    for (int i = BREADCRUMBS; i > 0; i--) {
      String message = "GET /" + word + "/" + random.nextInt(10_000);
      Json.Obj data = Json.object("status_code", Json.number(200));
      breadcrumbs.add(
          new Breadcrumb(time.minusMillis(i * 100L), "http", "fetch", Level.INFO, message, data));
    }
    return breadcrumbs;
  }
}
