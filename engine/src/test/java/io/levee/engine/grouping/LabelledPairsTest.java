package io.levee.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.issue.Grouping;
import io.levee.event.Event;
import io.levee.event.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/**
 * How well grouping does on pairs that people labelled. With {@code -Dlevee.grouping.report=FILE}
 * the report is written there.
 */
class LabelledPairsTest {
  private static final double FLOOR = 0.97;

  private final EventGrouping grouping = new EventGrouping();
  private final Grouping versionOne = new Grouping();
  private final List<LabelledPair> pairs = LabelledPair.all();

  /** Precision: of those said to be the same, how many are. Recall: of the same, how many found. */
  private record Score(int pairs, int truePositives, int falsePositives, int falseNegatives) {
    double precision() {
      return truePositives / (double) Math.max(1, truePositives + falsePositives);
    }

    double recall() {
      return truePositives / (double) Math.max(1, truePositives + falseNegatives);
    }

    String line(String name) {
      return String.format(
          Locale.ROOT,
          "%-12s %4d pairs   precision %.3f   recall %.3f   wrongly joined %d   wrongly split %d%n",
          name,
          pairs,
          precision(),
          recall(),
          falsePositives,
          falseNegatives);
    }
  }

  private boolean joins(Event one, Event other) {
    return !Collections.disjoint(fingerprints(one), fingerprints(other));
  }

  private Set<Fingerprint> fingerprints(Event event) {
    Set<Fingerprint> all = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    grouping.group(event, GroupingRules.NONE, false).variants().stream()
        .map(Variant::fingerprint)
        .forEach(all::add);
    return all;
  }

  private boolean joinedOnce(Event one, Event other) {
    return versionOne.group(one).fingerprint().equals(versionOne.group(other).fingerprint());
  }

  private static Score score(List<LabelledPair> pairs, BiPredicate<Event, Event> joins) {
    int truePositives = 0;
    int falsePositives = 0;
    int falseNegatives = 0;
    for (LabelledPair pair : pairs) {
      boolean joined = joins.test(pair.one(), pair.other());
      truePositives += joined && pair.same() ? 1 : 0;
      falsePositives += joined && !pair.same() ? 1 : 0;
      falseNegatives += !joined && pair.same() ? 1 : 0;
    }
    return new Score(pairs.size(), truePositives, falsePositives, falseNegatives);
  }

  private List<LabelledPair> failing() {
    return pairs.stream().filter(pair -> joins(pair.one(), pair.other()) != pair.same()).toList();
  }

  private String report() {
    StringBuilder text = new StringBuilder();
    text.append(score(pairs, this::joins).line("version 2"));
    text.append(score(pairs, this::joinedOnce).line("version 1"));
    text.append(System.lineSeparator());
    for (String platform : LabelledPair.PLATFORMS) {
      List<LabelledPair> some =
          pairs.stream().filter(pair -> pair.platform().equals(platform)).toList();
      text.append(score(some, this::joins).line(platform));
    }
    text.append(System.lineSeparator()).append("pairs that fail\n");
    for (LabelledPair pair : failing()) {
      text.append("  ")
          .append(pair.platform())
          .append(pair.same() ? ", wrongly split: " : ", wrongly joined: ")
          .append(pair.name())
          .append('\n');
      describe(text, pair.one());
      describe(text, pair.other());
    }
    return text.toString();
  }

  private void describe(StringBuilder text, Event event) {
    for (Variant variant : grouping.group(event, GroupingRules.NONE, false).variants()) {
      text.append("    ").append(variant.name()).append(": ");
      List<String> words = new ArrayList<>();
      variant.contributions().forEach(c -> words.add(c.what() + " " + c.value()));
      text.append(String.join("; ", words).replace('\0', ' ').replace('\n', ' ')).append('\n');
    }
  }

  @Test
  void thereAreEnoughPairsOfEveryPlatform() {
    assertThat(pairs).hasSizeGreaterThanOrEqualTo(150);
    for (String platform : LabelledPair.PLATFORMS) {
      assertThat(pairs).filteredOn(pair -> pair.platform().equals(platform)).hasSizeGreaterThan(10);
    }
    assertThat(pairs).filteredOn(pair -> !pair.same()).hasSizeGreaterThan(40);
  }

  @Test
  void precisionAndRecallStayAboveTheFloor() throws IOException {
    Score score = score(pairs, this::joins);
    String to = System.getProperty("levee.grouping.report", "");
    if (!to.isEmpty()) {
      Files.writeString(Path.of(to), report());
    }

    assertThat(score.precision()).as(report()).isGreaterThanOrEqualTo(FLOOR);
    assertThat(score.recall()).as(report()).isGreaterThanOrEqualTo(FLOOR);
  }

  /** The control: an algorithm that joins everything, or nothing, must fall through. */
  @Test
  void theScoreSeesBadAlgorithms() {
    assertThat(score(pairs, (one, other) -> true).precision()).isLessThan(FLOOR);
    assertThat(score(pairs, Object::equals).recall()).isLessThan(0.1);
  }
}
