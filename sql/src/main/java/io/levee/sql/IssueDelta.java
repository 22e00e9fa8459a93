package io.levee.sql;

import io.levee.engine.bus.Delivery;
import io.levee.event.EventHeader;
import io.levee.event.Fingerprint;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a batch has to say about one fingerprint of one project. Built by one thread, then only
 * read.
 */
final class IssueDelta {
  /** What tells the deltas of a batch apart. */
  record Key(ProjectId project, Fingerprint fingerprint) {}

  /** No more variants are looked at once a batch has brought so many of one fingerprint. */
  private static final int VARIANTS_MAX = 16;

  /**
   * The events of one release.
   *
   * @param events weights added
   */
  record OfRelease(long firstSeen, long lastSeen, long events) {
    private OfRelease with(OfRelease other) {
      return new OfRelease(
          Math.min(firstSeen, other.firstSeen),
          Math.max(lastSeen, other.lastSeen),
          events + other.events);
    }
  }

  private final Key key;
  private final Set<Fingerprint> variants = new LinkedHashSet<>();
  private final Set<String> userKeys = new HashSet<>();
  private final Map<Long, Long> eventsByHour = new HashMap<>();
  private final Map<String, Long> environments = new HashMap<>();
  private final Map<String, Long> releases = new HashMap<>();
  private final Map<String, OfRelease> ofReleases = new HashMap<>();
  private final Map<String, Long> releasesReceived = new HashMap<>();
  private EventHeader oldest;
  private EventHeader newest;
  private @Nullable EventHeader newestReleased;
  private Level level;
  private long events;
  private long receivedMicros;

  private IssueDelta(Key key, EventHeader first) {
    this.key = key;
    this.oldest = first;
    this.newest = first;
    this.level = first.level();
    this.receivedMicros = Micros.of(first.received());
  }

  /** Adds up the errors of a batch, in the order in which their fingerprints first come. */
  static List<IssueDelta> of(List<Delivery> batch) {
    Map<Key, IssueDelta> deltas = new LinkedHashMap<>();
    for (Delivery delivery : batch) {
      EventHeader header = delivery.record().header();
      if (header.kind() == Kind.ERROR) {
        deltas
            .computeIfAbsent(
                new Key(header.project(), header.fingerprint()), key -> new IssueDelta(key, header))
            .add(header);
      }
    }
    return List.copyOf(deltas.values());
  }

  private void add(EventHeader header) {
    long time = Micros.of(header.time());
    if (!header.sampledOut()) { // Else it stands in the weight of another.
      events += header.weight();
      eventsByHour.merge(Micros.hour(time), (long) header.weight(), Long::sum);
    }
    receivedMicros = Math.max(receivedMicros, Micros.of(header.received()));
    if (variants.size() < VARIANTS_MAX) {
      variants.addAll(header.variants());
    }
    if (header.level().compareTo(level) > 0) {
      level = header.level();
    }
    if (header.time().isBefore(oldest.time())) {
      oldest = header;
    }
    if (!header.time().isBefore(newest.time())) {
      newest = header;
    }
    noteRelease(header, time);
    if (header.environment() != null) {
      environments.merge(SqlText.storable(header.environment()), time, Math::max);
    }
    if (header.userKey() != null) {
      userKeys.add(header.userKey());
    }
  }

  private void noteRelease(EventHeader header, long time) {
    if (header.release() == null) {
      return;
    }
    String release = SqlText.storable(header.release());
    releases.merge(release, time, Math::max);
    releasesReceived.merge(release, Micros.of(header.received()), Math::max);
    long weight = header.sampledOut() ? 0 : header.weight();
    ofReleases.merge(release, new OfRelease(time, time, weight), OfRelease::with);
    if (newestReleased == null || !header.time().isBefore(newestReleased.time())) {
      newestReleased = header;
    }
  }

  Key key() {
    return key;
  }

  ProjectId project() {
    return key.project();
  }

  Fingerprint fingerprint() {
    return key.fingerprint();
  }

  /** Other fingerprints of its events, by which the issue is found when this one isn't known. */
  Set<Fingerprint> variants() {
    return variants;
  }

  /** Weights added. */
  long events() {
    return events;
  }

  /** The worst. */
  Level level() {
    return level;
  }

  EventHeader newest() {
    return newest;
  }

  long firstSeen() {
    return Micros.of(oldest.time());
  }

  long lastSeen() {
    return Micros.of(newest.time());
  }

  /** When the last of them came in. */
  long receivedMicros() {
    return receivedMicros;
  }

  @Nullable String firstRelease() {
    return SqlText.storableOrNull(oldest.release());
  }

  @Nullable String lastRelease() {
    return newestReleased == null ? null : SqlText.storableOrNull(newestReleased.release());
  }

  Set<String> userKeys() {
    return userKeys;
  }

  /** Weights added, by number of the hour. */
  Map<Long, Long> eventsByHour() {
    return eventsByHour;
  }

  /** Name to the time of its newest event. */
  Map<String, Long> environments() {
    return environments;
  }

  /** Name to the time of its newest event. */
  Map<String, Long> releases() {
    return releases;
  }

  /** What is said of each release. */
  Map<String, OfRelease> ofReleases() {
    return ofReleases;
  }

  /** Name of a release to when the last of its events came in. */
  Map<String, Long> releasesReceived() {
    return releasesReceived;
  }
}
