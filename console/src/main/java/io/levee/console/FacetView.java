package io.levee.console;

import io.levee.engine.index.FacetValue;
import java.util.List;

/**
 * The distribution of a field.
 *
 * @param total how many events there are, with or without the field: what shares are of
 */
record FacetView(String field, String title, List<Line> lines, long total) {
  /**
   * One value.
   *
   * @param width of its bar, of 100
   */
  record Line(String value, String count, String share, String width, String query) {}

  static FacetView of(String field, List<FacetValue> values, long total) {
    List<Line> lines =
        values.stream()
            .map(value ->
                new Line(
                    value.value(),
                    Figures.compact(value.events()),
                    Figures.percent(value.events(), total),
                    Figures.svg(total == 0 ? 0 : Math.min(100, 100.0 * value.events() / total)),
                    QueryWords.term(field, value.value())))
            .toList();
    String title = field.startsWith("tags.") ? field.substring("tags.".length()) : field;
    return new FacetView(field, title, lines, total);
  }
}
