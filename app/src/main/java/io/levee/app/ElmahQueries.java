package io.levee.app;

import io.levee.edge.elmah.QueryReader;
import io.levee.engine.query.QueryParser;

/** Lets the elmah.io door read its query parameter with the engine's parser. */
final class ElmahQueries implements QueryReader {
  @Override
  public Read read(String text) {
    return switch (QueryParser.parse(text)) {
      case QueryParser.Parsed parsed -> new Understood(parsed.query());
      case QueryParser.SyntaxError error ->
          new Wrong(error.message() + " at position " + error.position());
    };
  }
}
