package io.levee.engine.query.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds whatever RE2 can read. */
final class RegexFinder implements TextFinder {
  private final Matcher matcher;

  RegexFinder(Pattern pattern) {
    this.matcher = pattern.matcher("");
  }

  @Override
  public void reset(String text) {
    matcher.reset(text);
  }

  @Override
  public boolean find() {
    return matcher.find();
  }

  /** As {@link #find()}, from a place on. */
  boolean find(int from) {
    return matcher.find(from);
  }

  @Override
  public @Nullable String group(int number) {
    return matcher.group(number);
  }
}
