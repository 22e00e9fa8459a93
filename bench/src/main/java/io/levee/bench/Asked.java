package io.levee.bench;

import io.levee.event.Json;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question with its parameters filled in, as both sides are asked it.
 *
 * @param leveePath what Levee is asked, path and query
 * @param openSearch what OpenSearch is asked, the body of a search; null when it has no such
 *     question
 * @param right what the answers must say
 */
record Asked(String leveePath, @Nullable String openSearch, Right right) {
  /**
   * The right answer, and how each side's own form is read into lines that can be compared with it.
   *
   * @param expected counted when it is asked for, which may take long
   */
  record Right(
      Supplier<List<String>> expected,
      Function<Json.Obj, List<String>> ofLevee,
      Function<Json.Obj, List<String>> ofOpenSearch) {}
}
