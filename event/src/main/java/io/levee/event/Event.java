package io.levee.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one record that flows through the house: an error, a log line, a timed request, a check's
 * result, a measurement, a page view. Immutable. {@link CanonicalJson} is its form on disk and in
 * answers.
 *
 * @param id the client's, if it sent one; unique within the project
 * @param time when it happened, after clamping
 * @param received when it came through our door
 * @param title one line for lists, never blank
 * @param message what was logged, as far as the title does not say it
 * @param logger name of the logger or category
 * @param platform java, javascript, python …
 * @param host the machine it happened on
 * @param culprit where it happened: the transaction, or the function on top of the stack
 * @param durationMillis how long the timed unit took, in milliseconds
 * @param traceId the distributed trace it belongs to, as the client wrote it
 * @param exceptions the chain, the exception that surfaced first and its causes after it
 * @param breadcrumbs oldest first
 * @param contexts what the client tells about device, runtime, browser …, by name
 * @param extra what a protocol sends and we do not model
 * @param clientFingerprint the client's own grouping; empty when it has no opinion
 * @param fingerprint null until the intake computed it
 * @param variants other fingerprints by which the event's issue is found when the first is not
 *     known yet; at most {@link #VARIANTS_MAX}
 * @param weight how many equal events this one stands for: 1 unless sampled
 * @param marks what was changed on the way in
 */
public record Event(
    EventId id,
    ProjectId project,
    Kind kind,
    Instant time,
    Instant received,
    Level level,
    String title,
    @Nullable String message,
    @Nullable String logger,
    @Nullable String platform,
    @Nullable String host,
    @Nullable String environment,
    @Nullable String release,
    @Nullable String culprit,
    @Nullable Double durationMillis,
    Request request,
    User user,
    @Nullable String traceId,
    Map<String, String> tags,
    List<ExceptionInfo> exceptions,
    List<Breadcrumb> breadcrumbs,
    Json.Obj contexts,
    Json.Obj extra,
    List<String> clientFingerprint,
    @Nullable Fingerprint fingerprint,
    List<Fingerprint> variants,
    int weight,
    List<Mark> marks) {
  /** How many fingerprints an event may have beside its own. */
  public static final int VARIANTS_MAX = 7;

  public Event {
    if (title.isBlank()) {
      throw new IllegalArgumentException("title: blank (expected: some text)");
    }
    if (weight < 1) {
      throw new IllegalArgumentException("weight: " + weight + " (expected: 1 or more)");
    }
    if (durationMillis != null && !Double.isFinite(durationMillis)) {
      throw new IllegalArgumentException(
          "durationMillis: " + durationMillis + " (expected: finite)");
    }
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    exceptions = List.copyOf(exceptions);
    breadcrumbs = List.copyOf(breadcrumbs);
    clientFingerprint = List.copyOf(clientFingerprint);
    variants = List.copyOf(variants);
    if (variants.size() > VARIANTS_MAX) {
      throw new IllegalArgumentException(
          "variants: " + variants.size() + " (expected: 0.." + VARIANTS_MAX + ")");
    }
    marks = List.copyOf(marks);
  }

  /**
   * A builder for an event of which only the identity is known; every other field has its empty
   * value.
   */
  public static EventBuilder builder(EventId id, ProjectId project) {
    return new EventBuilder(id, project);
  }

  /** A builder that starts with all of this event's fields. */
  public EventBuilder toBuilder() {
    return new EventBuilder(this);
  }
}
