package io.levee.console;

import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.Outcome;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What became of everything that was sent to a project: a chart, and the same in numbers. */
final class LedgerPages {
  private static final int STEPS_WANTED = 60;
  private static final long MINUTE_SECONDS = 60;

  private final Site site;

  LedgerPages(Site site) {
    this.site = site;
  }

  /**
   * The page.
   *
   * @param keys those that were sent with or may be; the empty one stands for all
   * @param key the chosen one; empty for all
   * @param outcomes their words, in order
   */
  record LedgerPage(
      Shell shell,
      Project project,
      TimeChoice time,
      List<KeyChoice> keys,
      String key,
      List<String> outcomes,
      LedgerView ledger) {}

  /** A key to choose. */
  record KeyChoice(String key, String words) {}

  PageResponse handle(PageRequest request, Project project) {
    TimeChoice time = TimeChoice.of(request, site.now(), "24h");
    Duration step = step(time);
    TimeRange range = aligned(time.range(), step);
    List<LedgerEntry> all = site.ports().ledger().sums(Site.scope(project), range, step);
    String key = key(request);
    List<LedgerEntry> entries =
        key.isEmpty() ? all : all.stream().filter(entry -> entry.key().equals(key)).toList();
    LedgerPage page =
        new LedgerPage(
            site.shell(request, "Ledger · " + project.name(), project, "ledger"),
            project,
            time,
            keys(project, all),
            key,
            outcomes(),
            LedgerView.of(entries, range, step));
    return site.templates().page("ledger", page);
  }

  private static List<String> outcomes() {
    List<String> words = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      words.add(LedgerView.words(outcome));
    }
    return words;
  }

  /** Not below a minute, of which the ledger knows no parts. */
  private static Duration step(TimeChoice time) {
    Duration step = time.bucket(STEPS_WANTED);
    return step.toSeconds() < MINUTE_SECONDS ? Duration.ofMinutes(1) : step;
  }

  /** To whole steps, so that no bar shows half of one. */
  private static TimeRange aligned(TimeRange range, Duration step) {
    long seconds = step.toSeconds();
    long from = Math.floorDiv(range.from().getEpochSecond(), seconds) * seconds;
    long to = Math.ceilDiv(range.to().getEpochSecond(), seconds) * seconds;
    return new TimeRange(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }

  private static String key(PageRequest request) {
    @Nullable String key = request.param("key");
    return key == null || !key.matches("[0-9a-f]{1,8}") ? "" : key;
  }

  private List<KeyChoice> keys(Project project, List<LedgerEntry> entries) {
    TreeSet<String> known = new TreeSet<>();
    site.ports().registry().keys(project.id()).stream()
        .map(ProjectKey::sender)
        .forEach(sender -> known.add(sender.key()));
    entries.forEach(entry -> known.add(entry.key()));
    known.remove("");
    List<KeyChoice> choices = new ArrayList<>();
    choices.add(new KeyChoice("", "All keys"));
    known.forEach(key -> choices.add(new KeyChoice(key, key + "…")));
    return choices;
  }
}
