package io.levee.engine.erase;

import io.levee.engine.index.Erasing;
import io.levee.engine.query.Query;
import io.levee.event.EventHeader;
import io.levee.event.Fingerprint;
import java.util.List;

/** Which events an erasure is about. */
final class IssueErasing {
  private IssueErasing() {}

  static Erasing of(Erasure erasure) {
    Query query =
        switch (erasure.subject()) {
          case Erasure.OfIssue(var ignored, List<Fingerprint> prints) -> query(prints);
          case Erasure.OfUser(String user) -> new Query.Term("user", user);
        };
    return new Erasing(erasure.project(), query, erasure.requested());
  }

  /** The same of an event that is only counted and has no body: its header must do. */
  static boolean takes(Erasure erasure, EventHeader header) {
    return switch (erasure.subject()) {
      case Erasure.OfIssue(var ignored, List<Fingerprint> prints) ->
          prints.contains(header.fingerprint());
      case Erasure.OfUser(String user) -> user.equalsIgnoreCase(header.userKey());
    };
  }

  /** The events of fingerprints. */
  static Query query(List<Fingerprint> fingerprints) {
    return new Query.Or(
        fingerprints.stream()
            .<Query>map(print -> new Query.Term("fingerprint", print.value()))
            .toList());
  }
}
