package io.levee.engine.grouping;

import io.levee.engine.issue.Contribution;
import io.levee.event.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why two events are, or are not, the same problem.
 *
 * @param shared a fingerprint that both have; null when there is none
 * @param variants the first event's variants beside the other's of the same name
 */
public record EventComparison(@Nullable Fingerprint shared, List<Beside> variants) {
  public EventComparison {
    variants = List.copyOf(variants);
  }

  /**
   * One variant of each.
   *
   * @param same whether they have the same fingerprint
   * @param onlyOne what counts in the first event alone
   * @param onlyOther what counts in the other alone
   */
  public record Beside(
      String name, boolean same, List<Contribution> onlyOne, List<Contribution> onlyOther) {
    public Beside {
      onlyOne = List.copyOf(onlyOne);
      onlyOther = List.copyOf(onlyOther);
    }
  }

  /** Compares two events that were grouped under the same rules. */
  public static EventComparison of(Grouped one, Grouped other) {
    Fingerprint shared = null;
    for (Variant variant : one.variants()) {
      for (Variant its : other.variants()) {
        if (shared == null && variant.fingerprint().equals(its.fingerprint())) {
          shared = variant.fingerprint();
        }
      }
    }
    List<Beside> beside = new ArrayList<>();
    for (Variant variant : one.variants()) {
      beside.add(beside(variant, counterpart(variant, other)));
    }
    return new EventComparison(shared, beside);
  }

  private static Variant counterpart(Variant variant, Grouped other) {
    for (Variant its : other.variants()) {
      if (its.name().equals(variant.name())) {
        return its;
      }
    }
    return other.variants().getFirst();
  }

  private static Beside beside(Variant one, Variant other) {
    List<Contribution> onlyOne = new ArrayList<>(one.contributions());
    other.contributions().forEach(onlyOne::remove);
    List<Contribution> onlyOther = new ArrayList<>(other.contributions());
    one.contributions().forEach(onlyOther::remove);
    String name = one.name().equals(other.name()) ? one.name() : one.name() + " / " + other.name();
    return new Beside(name, one.fingerprint().equals(other.fingerprint()), onlyOne, onlyOther);
  }
}
