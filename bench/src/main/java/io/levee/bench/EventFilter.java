package io.levee.bench;

import io.levee.bench.corpus.Facts;
import io.levee.bench.corpus.Words;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A filter in Levee's language, in OpenSearch's, and in ours.
 *
 * @param terms all must hold
 */
record EventFilter(String query, List<String> terms, Predicate<Facts> test) {
  private static EventFilter of(String field, String value, Predicate<Facts> test) {
    return new EventFilter(field + ":\"" + value + "\"", List.of(term(field, value)), test);
  }

  /** OpenSearch's way to say that a field has a value. */
  static String term(String field, String value) {
    return "{\"term\":{\"%s\":\"%s\"}}".formatted(field, value);
  }

  private static EventFilter level(Facts.Severity level) {
    return of("level", level.word(), event -> event.level() == level);
  }

  private EventFilter and(EventFilter other) {
    return new EventFilter(
        query + " " + other.query,
        Stream.concat(terms.stream(), other.terms.stream()).toList(),
        test.and(other.test));
  }

  /** Holds for one in five events down to one in 20,000. */
  static EventFilter any(RandomGenerator random) {
    int host = random.nextInt(Words.HOSTS.size());
    int logger = random.nextInt(Words.LOGGERS.size());
    EventFilter byHost = of("host", Words.HOSTS.get(host), event -> event.host() == host);
    EventFilter byLogger =
        of("logger", Words.LOGGERS.get(logger), event -> event.logger() == logger);
    EventFilter staging = of("environment", "staging", event -> event.environment() == 1);
    EventFilter errors = level(Facts.Severity.ERROR);
    return switch (random.nextInt(7)) {
      case 0 -> errors.and(byHost);
      case 1 -> byHost;
      case 2 -> byLogger.and(level(Facts.Severity.WARNING));
      case 3 -> staging.and(byHost);
      case 4 -> staging.and(byHost).and(byLogger).and(errors);
      case 5 -> level(Facts.Severity.FATAL).and(byLogger);
      default ->
          of("kind", "transaction", event -> event.kind() == Facts.Kind.TRANSACTION).and(byHost);
    };
  }
}
