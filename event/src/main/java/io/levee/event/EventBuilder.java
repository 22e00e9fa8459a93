package io.levee.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts an {@link Event} together field by field; the fields mean what they mean there. Not
 * thread-safe; may go on being used after {@link #build}.
 */
public final class EventBuilder {
  /** The title of an event about which nothing is known. */
  public static final String UNTITLED = "(untitled)";

  private EventId id;
  private ProjectId project;
  private Kind kind = Kind.ERROR;
  private Instant time = Instant.EPOCH;
  private Instant received = Instant.EPOCH;
  private Level level = Level.ERROR;
  private String title = UNTITLED;
  private @Nullable String message;
  private @Nullable String logger;
  private @Nullable String platform;
  private @Nullable String host;
  private @Nullable String environment;
  private @Nullable String release;
  private @Nullable String culprit;
  private @Nullable Double durationMillis;
  private Request request = Request.EMPTY;
  private User user = User.EMPTY;
  private @Nullable String traceId;
  private Map<String, String> tags = Map.of();
  private List<ExceptionInfo> exceptions = List.of();
  private List<Breadcrumb> breadcrumbs = List.of();
  private Json.Obj contexts = Json.Obj.EMPTY;
  private Json.Obj extra = Json.Obj.EMPTY;
  private List<String> clientFingerprint = List.of();
  private @Nullable Fingerprint fingerprint;
  private List<Fingerprint> variants = List.of();
  private int weight = 1;
  private List<Mark> marks = List.of();

  EventBuilder(EventId id, ProjectId project) {
    this.id = id;
    this.project = project;
  }

  EventBuilder(Event event) {
    this.id = event.id();
    this.project = event.project();
    this.kind = event.kind();
    this.time = event.time();
    this.received = event.received();
    this.level = event.level();
    this.title = event.title();
    this.message = event.message();
    this.logger = event.logger();
    this.platform = event.platform();
    this.host = event.host();
    this.environment = event.environment();
    this.release = event.release();
    this.culprit = event.culprit();
    this.durationMillis = event.durationMillis();
    this.request = event.request();
    this.user = event.user();
    this.traceId = event.traceId();
    this.tags = event.tags();
    this.exceptions = event.exceptions();
    this.breadcrumbs = event.breadcrumbs();
    this.contexts = event.contexts();
    this.extra = event.extra();
    this.clientFingerprint = event.clientFingerprint();
    this.fingerprint = event.fingerprint();
    this.variants = event.variants();
    this.weight = event.weight();
    this.marks = event.marks();
  }

  public EventBuilder id(EventId value) {
    this.id = value;
    return this;
  }

  public EventBuilder project(ProjectId value) {
    this.project = value;
    return this;
  }

  public EventBuilder kind(Kind value) {
    this.kind = value;
    return this;
  }

  public EventBuilder time(Instant value) {
    this.time = value;
    return this;
  }

  public EventBuilder received(Instant value) {
    this.received = value;
    return this;
  }

  public EventBuilder level(Level value) {
    this.level = value;
    return this;
  }

  public EventBuilder title(String value) {
    this.title = value;
    return this;
  }

  public EventBuilder message(@Nullable String value) {
    this.message = value;
    return this;
  }

  public EventBuilder logger(@Nullable String value) {
    this.logger = value;
    return this;
  }

  public EventBuilder platform(@Nullable String value) {
    this.platform = value;
    return this;
  }

  public EventBuilder host(@Nullable String value) {
    this.host = value;
    return this;
  }

  public EventBuilder environment(@Nullable String value) {
    this.environment = value;
    return this;
  }

  public EventBuilder release(@Nullable String value) {
    this.release = value;
    return this;
  }

  public EventBuilder culprit(@Nullable String value) {
    this.culprit = value;
    return this;
  }

  public EventBuilder durationMillis(@Nullable Double value) {
    this.durationMillis = value;
    return this;
  }

  public EventBuilder request(Request value) {
    this.request = value;
    return this;
  }

  public EventBuilder user(User value) {
    this.user = value;
    return this;
  }

  public EventBuilder traceId(@Nullable String value) {
    this.traceId = value;
    return this;
  }

  public EventBuilder tags(Map<String, String> value) {
    this.tags = value;
    return this;
  }

  public EventBuilder exceptions(List<ExceptionInfo> value) {
    this.exceptions = value;
    return this;
  }

  public EventBuilder breadcrumbs(List<Breadcrumb> value) {
    this.breadcrumbs = value;
    return this;
  }

  public EventBuilder contexts(Json.Obj value) {
    this.contexts = value;
    return this;
  }

  public EventBuilder extra(Json.Obj value) {
    this.extra = value;
    return this;
  }

  public EventBuilder clientFingerprint(List<String> value) {
    this.clientFingerprint = value;
    return this;
  }

  public EventBuilder fingerprint(@Nullable Fingerprint value) {
    this.fingerprint = value;
    return this;
  }

  public EventBuilder variants(List<Fingerprint> value) {
    this.variants = value;
    return this;
  }

  public EventBuilder weight(int value) {
    this.weight = value;
    return this;
  }

  public EventBuilder marks(List<Mark> value) {
    this.marks = value;
    return this;
  }

  /** Adds one mark to those that are there. */
  public EventBuilder mark(Mark mark) {
    List<Mark> longer = new ArrayList<>(marks);
    longer.add(mark);
    this.marks = longer;
    return this;
  }

  /**
   * The event.
   *
   * @throws IllegalArgumentException when the title is blank or a number is out of its range
   */
  public Event build() {
    return new Event(
        id,
        project,
        kind,
        time,
        received,
        level,
        title,
        message,
        logger,
        platform,
        host,
        environment,
        release,
        culprit,
        durationMillis,
        request,
        user,
        traceId,
        tags,
        exceptions,
        breadcrumbs,
        contexts,
        extra,
        clientFingerprint,
        fingerprint,
        variants,
        weight,
        marks);
  }
}
