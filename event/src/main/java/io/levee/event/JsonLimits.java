package io.levee.event;

/**
 * How much JSON we are willing to read from a stranger.
 *
 * @param nestingMax how deep arrays and objects may stand in each other
 * @param tokensMax how many keys, values and brackets a document may have in all
 * @param fieldsMax how many keys one object may have
 * @param stringCharsMax how long one string or key may be, in chars
 */
public record JsonLimits(int nestingMax, int tokensMax, int fieldsMax, int stringCharsMax) {
  /** For what comes from clients. */
  public static final JsonLimits DEFAULT = new JsonLimits(64, 200_000, 2_000, 1 << 20);

  public JsonLimits {
    atLeastOne("nestingMax", nestingMax);
    atLeastOne("tokensMax", tokensMax);
    atLeastOne("fieldsMax", fieldsMax);
    atLeastOne("stringCharsMax", stringCharsMax);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
    }
  }
}
