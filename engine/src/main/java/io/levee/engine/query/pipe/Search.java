package io.levee.engine.query.pipe;

import io.levee.engine.query.Query;
import java.util.LinkedHashSet;
import java.util.Set;

/** {@code search}: keeps rows that a filter finds, written as the first stage is. */
public record Search(Query query) implements Stage {
  static final Command COMMAND =
      Command.of(
          "search",
          "search filter",
          "Keeps what the filter finds, with the words of the first stage.",
          in -> new Search(in.filter()),
          "* | stats count by host | search count>1");

  @Override
  public Step step(Step next, Run run) {
    RowMatcher matcher = new RowMatcher(query);
    return new RowStep(next, row -> matcher.matches(row) ? row : null);
  }

  @Override
  public void needs(Needs needs, Run run) {
    Set<String> fields = new LinkedHashSet<>();
    RowMatcher.fields(query, fields);
    needs.readAll(fields);
  }

  @Override
  public String show() {
    return "search " + QueryText.of(query);
  }
}
