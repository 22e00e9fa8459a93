package io.levee.engine.grouping;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engines of browsers say when the same thing goes wrong, in one form. They name variables
 * that a minifier renames with every build; properties they keep.
 */
final class BrowserMessages {
  private record Form(Pattern pattern, String replacement) {}

  private static final String ERROR_PREFIX = "Uncaught ";

  private static final List<Form> FORMS =
      List.of(
          // V8, SpiderMonkey, JavaScriptCore, of a property of nothing.
          form(
              "Cannot (?:read|set) propert(?:y|ies) of (?:undefined|null) \\((?:reading|setting)"
                  + " '([^']*)'\\).*",
              "nothing has property $1"),
          form(
              "Cannot (?:read|set) property '([^']*)' of (?:undefined|null).*",
              "nothing has property $1"),
          form(
              "can't (?:access|assign to) property \"([^\"]*)\"(?:,| on).*",
              "nothing has property $1"),
          form(
              "(?:undefined|null) is not an object \\(evaluating '(?:[^']*[.?])?([\\w$]+)"
                  + "[^']*'\\).*",
              "nothing has property $1"),
          // Calling what is none.
          form("(?:[\\w$()\\[\\]]+\\.)*([\\w$]+) is not a function.*", "$1 is not a function"),
          form(
              "(?:undefined|null) is not a function \\(.*'(?:[^']*\\.)?([\\w$]+)\\(.*",
              "$1 is not a function"),
          // A name that isn't.
          form("([\\w$]+) is not defined.*", "$1 is not defined"),
          form("Can't find variable: ([\\w$]+).*", "$1 is not defined"),
          // The network.
          form(
              "(?:Failed to fetch|Load failed|NetworkError when attempting to fetch resource|"
                  + "The Internet connection appears to be offline|cancelled|"
                  + "The network connection was lost)(?:\\.? \\(.*\\))?\\.?",
              "the network failed"),
          form("Loading (CSS )?chunk .* failed.*", "loading a chunk failed"),
          form(
              "(?:Failed to fetch dynamically imported module|"
                  + "error loading dynamically imported module|Importing a module script failed).*",
              "loading a module failed"),
          form("Unexpected token '?<'?.*", "a page where data was expected"),
          form(
              "JSON\\.parse: unexpected character at line 1 column 1.*",
              "a page where data was expected"),
          form("JSON Parse error: Unrecognized token '<'.*", "a page where data was expected"),
          form("(?:Maximum call stack size exceeded|too much recursion).*", "the stack ran out"));

  private BrowserMessages() {}

  private static Form form(String pattern, String replacement) {
    return new Form(Pattern.compile(pattern, Pattern.DOTALL), replacement);
  }

  /** The message in one form, or as it was. */
  static String unified(String message) {
    String bare =
        message.startsWith(ERROR_PREFIX) ? message.substring(ERROR_PREFIX.length()) : message;
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(bare);
      if (matcher.matches()) {
        return matcher.replaceAll(form.replacement());
      }
    }
    return bare;
  }
}
