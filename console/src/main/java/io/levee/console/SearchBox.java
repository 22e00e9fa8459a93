package io.levee.console;

import org.jspecify.annotations.Nullable;

/**
 * The box for queries.
 *
 * @param before what stands before the place of the mistake; the error's parts are null when there
 *     is no mistake
 */
record SearchBox(
    String text,
    String suggestPath,
    @Nullable String error,
    @Nullable String before,
    @Nullable String after,
    int position) {
  static SearchBox of(Params params, QueryReader.Reading reading, String suggestPath) {
    String text = params.get("q");
    return switch (reading) {
      case QueryReader.Understood ignored -> new SearchBox(text, suggestPath, null, null, null, 0);
      case QueryReader.Misread(String message, int position) -> {
        int at = Math.clamp(position, 0, text.length());
        yield new SearchBox(
            text, suggestPath, message, text.substring(0, at), text.substring(at), at);
      }
    };
  }
}
