package io.levee.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Fingerprints are on people's disks, and the events of tomorrow must meet them: whatever is made
 * faster or tidier here, these must stay. When they can't, the algorithm needs a new version. With
 * {@code -Dlevee.grouping.fingerprints=FILE} what they are now is written there.
 */
class FingerprintsStayTest {
  private static final int EVENTS = 300;
  private static final String KNOWN = "/grouping/fingerprints.txt";

  private static final String RULES =
      """
      stack.function:pay* -app
      path:**/node_modules/** +app
      module:com.shop.* +app
      error.type:*Overflow* -> overflow, {{ default }}
      """;

  private final EventGrouping grouping = new EventGrouping();

  @Test
  void ofNastyEvents() throws IOException {
    List<String> now = now();
    String to = System.getProperty("levee.grouping.fingerprints", "");
    if (!to.isEmpty()) {
      Files.write(Path.of(to), now);
    }

    assertThat(now).containsExactlyElementsOf(known());
  }

  private List<String> now() {
    GroupingRules rules =
        switch (RuleText.compile(RULES)) {
          case RuleText.Rules(GroupingRules good) -> good;
          case RuleText.Errors(List<RuleError> errors) ->
              throw new IllegalStateException(errors.toString());
        };
    List<String> lines = new ArrayList<>();
    for (LabelledPair pair : LabelledPair.all()) {
      lines.add(line(pair.one(), GroupingRules.NONE));
      lines.add(line(pair.other(), GroupingRules.NONE));
    }
    for (int number = 0; number < EVENTS; number++) {
      Event event = NastyEvents.of(number);
      lines.add(line(event, number % 4 == 0 ? rules : GroupingRules.NONE));
    }
    return lines;
  }

  /** Every variant's fingerprint, and a number for what people are told. */
  private String line(Event event, GroupingRules rules) {
    Grouped grouped = grouping.group(event, rules, false);
    StringBuilder line = new StringBuilder();
    for (Variant variant : grouped.variants()) {
      line.append(variant.name()).append(' ').append(variant.fingerprint().value()).append("; ");
    }
    return line.append(String.format(Locale.ROOT, "told %08x", told(grouped).hashCode()))
        .toString();
  }

  /** All that an explanation says. */
  static String told(Grouped grouped) {
    StringBuilder told = new StringBuilder();
    told.append(grouped.title()).append('\n').append(grouped.rule()).append('\n');
    for (Variant variant : grouped.variants()) {
      told.append(variant.name()).append(' ').append(variant.fingerprint()).append('\n');
      variant
          .contributions()
          .forEach(
              c -> told.append("  ").append(c.what()).append(' ').append(c.value()).append('\n'));
    }
    for (ExceptionReading exception : grouped.exceptions()) {
      told.append(exception.type()).append(' ').append(exception.passedOver());
      told.append(' ').append(exception.valueSaysMore()).append('\n');
      for (FrameReading frame : exception.frames()) {
        told.append("  ").append(frame.app()).append(' ').append(frame.appBecause());
        told.append("; ").append(frame.words()).append("; ").append(frame.passedOver());
        told.append("; ").append(frame.shortened()).append("; ").append(frame.plainWords());
        told.append('\n');
      }
    }
    return told.toString();
  }

  private static List<String> known() throws IOException {
    try (InputStream in = FingerprintsStayTest.class.getResourceAsStream(KNOWN)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }
}
