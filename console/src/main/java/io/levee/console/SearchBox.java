package io.levee.console;

import io.levee.engine.query.QueryParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The box for queries.
 *
 * @param error null when the query was understood
 * @param before what stands before the place of the mistake
 * @param after what stands behind it
 * @param suggestion what was probably meant; null when there is no guess
 * @param hints what the reader of an understood query may want to know
 */
record SearchBox(
    String text,
    String suggestPath,
    @Nullable String error,
    String before,
    String after,
    int position,
    @Nullable String suggestion,
    List<String> hints) {
  static SearchBox of(Params params, QueryParser.Result reading, String suggestPath) {
    String text = params.get("q");
    return switch (reading) {
      case QueryParser.Parsed(var ignored, List<String> hints) ->
          new SearchBox(text, suggestPath, null, text, "", 0, null, hints);
      case QueryParser.SyntaxError(String message, int position, String suggestion) -> {
        int at = Math.clamp(position, 0, text.length());
        yield new SearchBox(
            text,
            suggestPath,
            message,
            text.substring(0, at),
            text.substring(at),
            at,
            suggestion,
            List.of());
      }
    };
  }
}
