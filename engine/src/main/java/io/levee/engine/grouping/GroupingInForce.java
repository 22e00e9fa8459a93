package io.levee.engine.grouping;

import io.levee.event.Event;
import io.levee.event.Kind;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grouping as it is done now: the algorithm, every project's rules, and for {@link #TRANSITION}
 * after a new version of the algorithm the old one's fingerprints too, so that nothing is
 * reshuffled silently. Thread-safe; {@link #group} does no I/O.
 */
public final class GroupingInForce {
  private static final Logger LOG = LoggerFactory.getLogger(GroupingInForce.class);

  /** How long the fingerprints of an older version go on finding their issues. */
  public static final Duration TRANSITION = Duration.ofDays(30);

  private final EventGrouping grouping = new EventGrouping();
  private final GroupingStore store;
  private final Clock clock;
  private final Object saving = new Object();
  private volatile Map<ProjectId, GroupingRules> rules = Map.of();
  private volatile Instant versionOneUntil = Instant.MIN;

  /** What came of saving rules. */
  public sealed interface Saved {}

  /** They are in force. */
  public record InForce(RuleSet rules) implements Saved {}

  /** They don't compile; nothing was saved. */
  public record Refused(List<RuleError> errors) implements Saved {}

  /** Somebody else saved other rules meanwhile; nothing was saved. */
  public record Stale(RuleSet current) implements Saved {}

  public GroupingInForce(GroupingStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Reads the rules and since when the algorithm is used; called before the door opens. */
  public void start() {
    GroupingStore.VersionInUse inUse = store.begin(EventGrouping.VERSION, clock.instant());
    versionOneUntil = inUse.succeeds() ? inUse.since().plus(TRANSITION) : Instant.MIN;
    Map<ProjectId, GroupingRules> compiled = new HashMap<>();
    store.rules().forEach((project, set) -> compiled.put(project, compiled(set)));
    rules = Map.copyOf(compiled);
  }

  /**
   * Rules that an older Levee let through and this one doesn't understand must not stop a start.
   */
  private static GroupingRules compiled(RuleSet set) {
    return switch (RuleText.compile(set.text())) {
      case RuleText.Rules(GroupingRules good) -> good;
      case RuleText.Errors(List<RuleError> errors) -> {
        LOG.atError()
            .addKeyValue("project", set.project())
            .addKeyValue("version", set.version())
            .log("grouping rules don't compile and are not in force: {}", errors.getFirst());
        yield GroupingRules.NONE;
      }
    };
  }

  /** The rules of a project. */
  public GroupingRules rules(ProjectId project) {
    return rules.getOrDefault(project, GroupingRules.NONE);
  }

  /** The text of a project's rules. */
  public RuleSet ruleSet(ProjectId project) {
    return store.rules(project).orElseGet(() -> RuleSet.none(project));
  }

  /** A project's versions, the newest first. */
  public List<RuleSet> history(ProjectId project, int limit) {
    return store.history(project, limit);
  }

  /** Until when version 1's fingerprints find issues; in the past when they don't. */
  public Instant versionOneUntil() {
    return versionOneUntil;
  }

  /** Groups an event of a project under the rules in force. */
  public Grouped group(Event event) {
    return group(event, rules(event.project()));
  }

  /** Groups an event under other rules than those in force. */
  public Grouped group(Event event, GroupingRules under) {
    boolean versionOne = event.kind() == Kind.ERROR && clock.instant().isBefore(versionOneUntil);
    return grouping.group(event, under, versionOne);
  }

  /**
   * Saves rules and puts them in force for events that come in from now on.
   *
   * @param expectedVersion the version that the change was made of
   */
  public Saved save(ProjectId project, int expectedVersion, String text, String actor) {
    if (RuleText.compile(text) instanceof RuleText.Errors(List<RuleError> errors)) {
      return new Refused(errors);
    }
    synchronized (saving) {
      Optional<RuleSet> saved = store.save(project, expectedVersion, text, actor, clock.instant());
      if (saved.isEmpty()) {
        return new Stale(ruleSet(project));
      }
      Map<ProjectId, GroupingRules> next = new HashMap<>(rules);
      next.put(project, compiled(saved.get()));
      rules = Map.copyOf(next);
      return new InForce(saved.get());
    }
  }
}
