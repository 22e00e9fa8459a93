package io.levee.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an answer can be shown. */
enum AnswerKind {
  EVENTS("Events"),
  TABLE("Table"),
  LINE("Line"),
  AREA("Area"),
  BAR("Bars"),
  PIE("Pie"),
  VALUE("Number"),
  HEAT("Heat map");

  private static final int PIE_POINTS_MAX = 40;
  private static final int HEAT_SERIES_LEAST = 3;

  private final String words;

  AnswerKind(String words) {
    this.words = words;
  }

  /** For the switch. */
  String words() {
    return words;
  }

  /** In addresses. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this wire name; null when there is none. */
  static @Nullable AnswerKind parse(@Nullable String word) {
    for (AnswerKind kind : values()) {
      if (kind.wireName().equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /** Those that an answer allows besides events. */
  static List<AnswerKind> possible(@Nullable Grid grid) {
    List<AnswerKind> possible = new ArrayList<>(List.of(TABLE));
    if (grid == null) {
      return possible;
    }
    if (grid.points() == 1 && grid.kind() != Grid.Kind.NAMED) {
      possible.add(VALUE);
    }
    if (grid.kind() == Grid.Kind.SINGLE) {
      return possible;
    }
    boolean runs = grid.kind() == Grid.Kind.TIME || grid.kind() == Grid.Kind.ORDERED;
    if (runs && grid.points() > 1) {
      possible.add(LINE);
      possible.add(AREA);
    }
    possible.add(BAR);
    boolean parts = grid.points() > 1 && grid.points() <= PIE_POINTS_MAX && grid.lowest() >= 0;
    if (grid.series().size() == 1 && parts && grid.kind() != Grid.Kind.TIME) {
      possible.add(PIE);
    }
    if (grid.series().size() > 1 && grid.points() > 1) {
      possible.add(HEAT);
    }
    return possible;
  }

  /** The one that suits an answer best. */
  static AnswerKind usual(@Nullable Grid grid) {
    if (grid == null) {
      return TABLE;
    }
    return switch (grid.kind()) {
      case SINGLE -> VALUE;
      case TIME -> grid.points() < 2 ? BAR : grid.additive() ? AREA : LINE;
      case ORDERED -> grid.additive() || grid.series().size() == 1 ? BAR : LINE;
      case NAMED ->
          grid.series().size() >= HEAT_SERIES_LEAST && grid.additive() && grid.points() > 1
              ? HEAT
              : BAR;
    };
  }
}
