package io.levee.bench;

import io.levee.event.Json;
import java.util.List;
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
  /** Knows the right answer; reads each side's own form into lines that can be compared. */
  interface Right {
    /** What both should say. Counted when asked for, which may take long. */
    List<String> expected();

    List<String> ofLevee(Json.Obj answer);

    List<String> ofOpenSearch(Json.Obj answer);
  }
}
