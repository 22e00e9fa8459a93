package io.levee.app;

import io.levee.console.QueryReader;
import io.levee.engine.query.QueryParser;

/** Lets the console read its search boxes with the engine's parser. */
final class ConsoleQueries implements QueryReader {
  @Override
  public Reading read(String text) {
    return switch (QueryParser.parse(text)) {
      case QueryParser.Parsed parsed -> new Understood(parsed.query());
      case QueryParser.SyntaxError error -> new Misread(message(error), error.position());
    };
  }

  private static String message(QueryParser.SyntaxError error) {
    return error.suggestion() == null
        ? error.message()
        : error.message() + " (did you mean " + error.suggestion() + "?)";
  }
}
