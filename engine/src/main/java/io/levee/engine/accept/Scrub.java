package io.levee.engine.accept;

import io.levee.event.Event;

/**
 * Takes secrets out of an event before anything of it is written: values of keys that name a secret
 * (password, token, cookie …) wherever they stand, and whatever looks like one (card numbers, web
 * tokens, private keys …) in any text. {@code [Filtered]} stands in their place, and each leaves a
 * SCRUBBED mark that says where, never what. Text inside text is searched too: JSON and form
 * bodies, query strings, headers in a log line.
 *
 * <p>True, false and null stay: they tell whether there was a secret, not which. Thread-safe.
 */
public final class Scrub implements AcceptStep {
  private static final int MARKS_MAX = 100;

  private final boolean idle;
  private final SecretKeys keys;
  private final SecretText texts;

  public Scrub(ScrubRules rules) {
    this.idle = rules.isEmpty();
    this.keys = new SecretKeys(rules);
    this.texts = new SecretText(rules, keys);
  }

  @Override
  public Event apply(Event event) {
    if (idle) {
      return event;
    }
    Changes changes = new Changes(MARKS_MAX);
    return new EventWalk(new ScrubEdit(keys, texts, changes), changes).walk(event);
  }
}
