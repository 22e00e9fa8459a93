package io.levee.engine.accept;

/**
 * How much of an event is kept. Lengths are in chars, everything else in items.
 *
 * @param titleCharsMax of the title
 * @param messageCharsMax of the message, an exception's value and a breadcrumb's message
 * @param nameCharsMax of short words: logger, host, release, function, user's name …
 * @param textCharsMax of any other text, also in contexts, extra and variables
 * @param sourceLineCharsMax of one line of source
 * @param sourceLinesMax lines before and lines after the one that was running
 * @param keyCharsMax of a tag's key, a header's name, a JSON key
 * @param tagCharsMax of a tag's value
 * @param tagsMax tags
 * @param pairsMax headers, cookies, query parameters, form fields, variables of the server
 * @param breadcrumbsMax breadcrumbs; the newest stay
 * @param exceptionsMax exceptions of a chain; both ends stay
 * @param framesMax frames of an exception; both ends stay
 * @param fingerprintMax parts of the client's fingerprint
 * @param nestingMax how deep JSON may stand in each other in contexts, extra, variables …
 * @param fieldsMax fields and array items in contexts, extra, user and body together
 * @param stackFieldsMax fields and array items in all frames, exceptions and breadcrumbs together
 * @param marksMax marks; beyond them one counts the rest
 */
public record TrimLimits(
    int titleCharsMax,
    int messageCharsMax,
    int nameCharsMax,
    int textCharsMax,
    int sourceLineCharsMax,
    int sourceLinesMax,
    int keyCharsMax,
    int tagCharsMax,
    int tagsMax,
    int pairsMax,
    int breadcrumbsMax,
    int exceptionsMax,
    int framesMax,
    int fingerprintMax,
    int nestingMax,
    int fieldsMax,
    int stackFieldsMax,
    int marksMax) {
  /** What fits everything that real clients send and keeps an event well below 1 MiB. */
  public static final TrimLimits DEFAULT =
      new TrimLimits(
          512, 65_536, 1_024, 16_384, 512, 20, 200, 1_024, 100, 200, 100, 50, 250, 32, 20, 1_000,
          5_000, 100);

  public TrimLimits {
    atLeastOne("titleCharsMax", titleCharsMax);
    atLeastOne("messageCharsMax", messageCharsMax);
    atLeastOne("nameCharsMax", nameCharsMax);
    atLeastOne("textCharsMax", textCharsMax);
    atLeastOne("sourceLineCharsMax", sourceLineCharsMax);
    atLeastOne("sourceLinesMax", sourceLinesMax);
    atLeastOne("keyCharsMax", keyCharsMax);
    atLeastOne("tagCharsMax", tagCharsMax);
    atLeastOne("tagsMax", tagsMax);
    atLeastOne("pairsMax", pairsMax);
    atLeastOne("breadcrumbsMax", breadcrumbsMax);
    atLeastOne("exceptionsMax", exceptionsMax);
    atLeastOne("framesMax", framesMax);
    atLeastOne("fingerprintMax", fingerprintMax);
    atLeastOne("nestingMax", nestingMax);
    atLeastOne("fieldsMax", fieldsMax);
    atLeastOne("stackFieldsMax", stackFieldsMax);
    atLeastOne("marksMax", marksMax);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
    }
  }
}
