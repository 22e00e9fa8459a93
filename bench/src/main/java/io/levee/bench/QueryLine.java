package io.levee.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table, with its verdict.
 *
 * @param openSearch null when there is no yardstick, or it has no such question
 */
record QueryLine(QuestionKind kind, Measured levee, @Nullable Measured openSearch) {
  private static final double P95 = 0.95;

  /** Whether every answer of both sides was right. */
  boolean right() {
    return levee.wrong() == null && (openSearch == null || openSearch.wrong() == null);
  }

  /** Whether the figures are as wanted; a comparison that wasn't made holds nothing up. */
  boolean held() {
    return right() && shortfalls().isEmpty();
  }

  private List<String> shortfalls() {
    List<String> shortfalls = new ArrayList<>();
    if (levee.p95().compareTo(kind.p95Max()) >= 0) {
      shortfalls.add("too slow");
    }
    if (openSearch != null && levee.faster(openSearch, P95) < kind.ratioMin()) {
      shortfalls.add("too little faster");
    }
    return shortfalls;
  }

  /** The lines of the report. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "  %-34s %s (must p95 < %s): %s%s%n",
            kind.name(),
            levee.text(),
            limit(kind.p95Max()),
            verdict(),
            levee.how().isEmpty() ? "" : "; " + levee.how()));
    if (openSearch != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-34s %s; Levee is %s x faster at p50, %s x at p95 (must %.0f x)%n",
              "  OpenSearch",
              openSearch.text(),
              times(levee.faster(openSearch, 0.5)),
              times(levee.faster(openSearch, P95)),
              kind.ratioMin()));
    }
    wrong(text, "Levee", levee);
    wrong(text, "OpenSearch", openSearch);
    return text.toString();
  }

  private String verdict() {
    if (!right()) {
      return "WRONG ANSWER";
    }
    return held() ? "held" : "falls short: " + String.join(", ", shortfalls());
  }

  private static void wrong(StringBuilder text, String side, @Nullable Measured measured) {
    if (measured != null && measured.wrong() != null) {
      text.append("    ").append(side).append(" answered wrongly: ");
      text.append(measured.wrong(), 0, Math.min(500, measured.wrong().length())).append('\n');
    }
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, ratio < 1 ? "%.2f" : "%.1f", ratio);
  }

  private static String limit(Duration limit) {
    return limit.toMillis() < 1_000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
  }
}
