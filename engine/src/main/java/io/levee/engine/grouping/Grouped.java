package io.levee.engine.grouping;

import io.levee.event.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of grouping an event.
 *
 * @param variants the first one's fingerprint is the event's own, the others only find the issue
 *     that it belongs to
 * @param exceptions what was read of the exceptions, for explaining; empty when they were not asked
 * @param title the title that a rule gives the event; null: its own stays
 * @param rule the text of the rule that decided; null: none did
 */
public record Grouped(
    List<Variant> variants,
    List<ExceptionReading> exceptions,
    @Nullable String title,
    @Nullable String rule) {
  public Grouped {
    variants = List.copyOf(variants);
    exceptions = List.copyOf(exceptions);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("variants: none (expected: one or more)");
    }
  }

  /** The event's own fingerprint: all events that have it are always in one issue. */
  public Fingerprint primary() {
    return variants.getFirst().fingerprint();
  }

  /** The fingerprints of the other variants, in the order in which they are asked. */
  public List<Fingerprint> others() {
    List<Fingerprint> others = new ArrayList<>(variants.size() - 1);
    for (Variant variant : variants) {
      Fingerprint fingerprint = variant.fingerprint();
      if (!fingerprint.equals(primary()) && !others.contains(fingerprint)) {
        others.add(fingerprint);
      }
    }
    return others;
  }

  /** The same with one more way to find the issue. */
  Grouped with(Variant more) {
    List<Variant> all = new ArrayList<>(variants);
    all.add(more);
    return new Grouped(all, exceptions, title, rule);
  }
}
