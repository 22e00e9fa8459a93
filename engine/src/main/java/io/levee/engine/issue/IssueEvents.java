package io.levee.engine.issue;

import io.levee.engine.query.Query;
import java.util.List;

/** How to ask the index for the events of an issue. */
public final class IssueEvents {
  private IssueEvents() {}

  /** Finds exactly the events of its fingerprints. */
  public static Query query(Issue issue) {
    List<Query> prints =
        issue.fingerprints().stream()
            .<Query>map(print -> new Query.Term("fingerprint", print.value()))
            .toList();
    return prints.size() == 1 ? prints.getFirst() : new Query.Or(prints);
  }
}
