package io.levee.console;

import io.levee.engine.index.FacetValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of a field.
 *
 * @param note what is to be said in the place of values; null when there are values
 * @param total how many events there are, with or without the field: what shares are of
 */
record FacetView(String field, String title, List<Line> lines, @Nullable String note, long total) {
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
    return new FacetView(field, title(field), lines, null, total);
  }

  /** A key that events have, of which the index does not count the values. */
  static FacetView uncounted(String field) {
    String note = "Can be searched for; the index does not count its values.";
    return new FacetView(field, title(field), List.of(), note, 0);
  }

  private static String title(String field) {
    return field.startsWith("tags.") ? field.substring("tags.".length()) : field;
  }
}
