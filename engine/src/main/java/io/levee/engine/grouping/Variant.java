package io.levee.engine.grouping;

import io.levee.engine.issue.Contribution;
import io.levee.event.Fingerprint;
import java.util.List;

/**
 * One way of looking at an event. Two events are the same problem when any of their variants has
 * the same fingerprint.
 *
 * @param name what was looked at: {@link #CLIENT}, {@link #RULE}, {@link #APP} and so on; with
 *     {@code {{ default }}} in a fingerprint both, as in {@code client, app}
 * @param contributions what counted, in the order in which it was hashed
 */
public record Variant(String name, Fingerprint fingerprint, List<Contribution> contributions) {
  /** The client's own fingerprint. */
  public static final String CLIENT = "client";

  /** The fingerprint of one of the project's rules. */
  public static final String RULE = "rule";

  /** Exceptions with the frames of the application's own code. */
  public static final String APP = "app";

  /** Exceptions with all frames. */
  public static final String ALL = "all";

  /** Exceptions without frames. */
  public static final String VALUE = "value";

  /** A transaction's name. */
  public static final String TRANSACTION = "transaction";

  /** The message. */
  public static final String MESSAGE = "message";

  /** What version 1 of the algorithm says. */
  public static final String VERSION_1 = "version 1";

  public Variant {
    contributions = List.copyOf(contributions);
  }
}
