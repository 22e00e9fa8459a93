package io.levee.bench;

import static io.levee.bench.SearchAnswers.number;
import static io.levee.bench.SearchAnswers.text;

import io.levee.bench.corpus.Corpus;
import io.levee.bench.corpus.Facts;
import io.levee.bench.corpus.Truth;
import io.levee.bench.corpus.Words;
import io.levee.event.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The questions of the table. Each asking differs from the one before, so no answer can be kept. */
final class QueryQuestions {
  private static final int NEWEST = 100;
  private static final int TOP_HOSTS = 10;
  private static final int TOP_CUSTOMERS = 100;
  private static final int BUCKETS_MAX = 60;
  private static final int FREQUENT_PHRASES = 4;
  private static final int MATCHED_EVENTS = 1_000_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private static final List<Duration> WIDTHS =
      Stream.of("PT1S", "PT10S", "PT1M", "PT5M", "PT15M", "PT1H", "PT3H", "PT12H", "PT24H")
          .map(Duration::parse)
          .toList();

  private final Corpus corpus;
  private final Truth truth;

  QueryQuestions(Corpus corpus, Truth truth) {
    this.corpus = corpus;
    this.truth = truth;
  }

  /** All of them, in the order of the table. */
  List<QuestionKind> all() {
    return List.of(
        new QuestionKind(
            "ERROR | stats count by date_hour", Duration.ofMillis(30), 3, this::errorsByHour),
        new QuestionKind("histogram, any span", Duration.ofMillis(50), 3, this::histogram),
        new QuestionKind("newest 100 of a filter", Duration.ofMillis(10), 3, this::newest),
        new QuestionKind("rare word or trace id", Duration.ofMillis(10), 1, this::rare),
        new QuestionKind(
            "frequent phrase | top 10 host", Duration.ofMillis(150), 1, this::phraseByHost),
        customers(),
        new QuestionKind(
            "rex, eval, stats over " + matched() + " hits", Duration.ofSeconds(2), 0, this::taken));
  }

  /** The one whose memory is looked at too. */
  QuestionKind customers() {
    return new QuestionKind(
        "stats by " + truth.customers() + " values", Duration.ofSeconds(3), 1, this::byCustomer);
  }

  /** A stretch of time, as instants and as numbers of events. */
  private record Stretch(long fromMillis, long toMillis, long from, long to) {
    String leveeRange() {
      return "&from=" + Instant.ofEpochMilli(fromMillis) + "&to=" + Instant.ofEpochMilli(toMillis);
    }

    String openSearchRange() {
      return "{\"range\":{\"time\":{\"gte\":%d,\"lt\":%d,\"format\":\"epoch_millis\"}}}"
          .formatted(fromMillis, toMillis);
    }
  }

  /** From some odd millisecond to another. */
  private Stretch stretch(RandomGenerator random, double partMin) {
    long whole = corpus.spread().toMillis();
    long length = (long) (whole * (partMin + random.nextDouble() * (1 - partMin)));
    long from = corpus.start().toEpochMilli() + random.nextLong(whole - length + 1);
    return stretch(from, from + length);
  }

  private Stretch stretch(long fromMillis, long toMillis) {
    return new Stretch(
        fromMillis, toMillis, corpus.firstAt(fromMillis), corpus.firstAt(toMillis));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String question(String text) {
    return "/api/v1/query?q=" + encode(text);
  }

  private static String term(String field, String value) {
    return "{\"term\":{\"%s\":\"%s\"}}".formatted(field, value);
  }

  /** A search whose hits don't matter, only what is counted over them. */
  private static String counting(List<String> filters, String by) {
    return "{\"size\":0,\"track_total_hits\":false,\"query\":{\"bool\":{\"filter\":[%s]}},\"aggs\":{\"by\":%s}}"
        .formatted(String.join(",", filters), by);
  }

  /** At least nine tenths of all, so of everything that a table of the hours would want. */
  private Asked errorsByHour(RandomGenerator random) {
    Stretch at = stretch(random, 0.9);
    String by = "{\"date_histogram\":{\"field\":\"time\",\"fixed_interval\":\"1h\"}}";
    return new Asked(
        question("ERROR | stats count by date_hour") + at.leveeRange(),
        counting(List.of(term("level", "error"), at.openSearchRange()), by),
        new Asked.Right() {
          @Override
          public List<String> expected() {
            long[] hours = truth.byHour(Facts.Severity.ERROR, at.from(), at.to());
            return IntStream.range(0, hours.length)
                .filter(hour -> hours[hour] > 0)
                .mapToObj(hour -> hour + " " + hours[hour])
                .toList();
          }

          @Override
          public List<String> ofLevee(Json.Obj answer) {
            return SearchAnswers.rows(answer, "date_hour", "count").stream()
                .sorted(Comparator.comparingInt(QueryQuestions::hourFirst))
                .toList();
          }

          @Override
          public List<String> ofOpenSearch(Json.Obj answer) {
            Map<Integer, Long> hours = new TreeMap<>();
            SearchAnswers.buckets(answer, bucket -> {
              int hour = Corpus.hour(number(bucket, "key"));
              hours.merge(hour, number(bucket, "doc_count"), Long::sum);
              return "";
            });
            hours.values().removeIf(count -> count == 0);
            return hours.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
          }
        });
  }

  private static int hourFirst(String line) {
    String first = line.substring(0, line.indexOf(' '));
    return first.matches("[0-9]+") ? Integer.parseInt(first) : -1;
  }

  /** From a quarter of an hour to all of it, every order of length as likely as another. */
  private Asked histogram(RandomGenerator random) {
    double least = Math.log((double) Duration.ofMinutes(15).toMillis());
    double most = Math.log((double) corpus.spread().toMillis());
    long length = (long) Math.exp(least + random.nextDouble() * (most - least));
    long from =
        corpus.start().toEpochMilli() + random.nextLong(corpus.spread().toMillis() - length + 1);
    Stretch at = stretch(from, from + length);
    Duration width =
        WIDTHS.stream().filter(w -> length / w.toMillis() <= BUCKETS_MAX).findFirst().orElseThrow();
    String by =
        "{\"date_histogram\":{\"field\":\"time\",\"fixed_interval\":\"%ds\",\"min_doc_count\":0},\"aggs\":{\"levels\":{\"terms\":{\"field\":\"level\"}}}}"
            .formatted(width.toSeconds());
    return new Asked(
        "/api/v1/histogram?query=&bucket=" + width.toSeconds() + "s" + at.leveeRange(),
        counting(List.of(at.openSearchRange()), by),
        new Asked.Right() {
          @Override
          public List<String> expected() {
            return levels(at, width.toMillis());
          }

          @Override
          public List<String> ofLevee(Json.Obj answer) {
            return answer.array("buckets").stream()
                .map(bucket -> leveeBucket((Json.Obj) bucket))
                .filter(line -> line.contains("="))
                .toList();
          }

          @Override
          public List<String> ofOpenSearch(Json.Obj answer) {
            return SearchAnswers.buckets(answer, QueryQuestions::openSearchBucket).stream()
                .filter(line -> line.contains("="))
                .toList();
          }
        });
  }

  private List<String> levels(Stretch at, long width) {
    List<String> lines = new ArrayList<>();
    long first = Math.floorDiv(at.fromMillis(), width) * width;
    for (long start = first; start < at.toMillis(); start += width) {
      long from = Math.max(at.from(), corpus.firstAt(start));
      long to = Math.min(at.to(), corpus.firstAt(start + width));
      long[] counts = truth.byLevel(from, Math.max(from, to));
      Set<String> levels = new TreeSet<>();
      for (Facts.Severity level : Facts.Severity.values()) {
        if (counts[level.ordinal()] > 0) {
          levels.add(level.word() + "=" + counts[level.ordinal()]);
        }
      }
      if (!levels.isEmpty()) {
        lines.add(Instant.ofEpochMilli(start) + " " + levels);
      }
    }
    return lines;
  }

  private static String leveeBucket(Json.Obj bucket) {
    Set<String> levels = new TreeSet<>();
    bucket
        .object("levels")
        .fields()
        .forEach((level, count) -> levels.add(level + "=" + count.scalarText()));
    return Instant.parse(text(bucket, "start")) + " " + levels;
  }

  private static String openSearchBucket(Json.Obj bucket) {
    Set<String> levels = new TreeSet<>();
    for (Json level : bucket.object("levels").array("buckets")) {
      levels.add(text(level, "key") + "=" + text(level, "doc_count"));
    }
    return Instant.ofEpochMilli(number(bucket, "key")) + " " + levels;
  }

  /** A filter in both languages, and in ours. */
  private record Filter(String query, List<String> terms, Predicate<Facts> test) {
    static Filter of(String field, String value, Predicate<Facts> test) {
      return new Filter(field + ":\"" + value + "\"", List.of(term(field, value)), test);
    }

    Filter and(Filter other) {
      return new Filter(
          query + " " + other.query,
          Stream.concat(terms.stream(), other.terms.stream()).toList(),
          test.and(other.test));
    }
  }

  /** From one in four events to one in 50,000. */
  private static Filter filter(RandomGenerator random) {
    int host = random.nextInt(Words.HOSTS.size());
    int logger = random.nextInt(Words.LOGGERS.size());
    Filter byHost = Filter.of("host", Words.HOSTS.get(host), event -> event.host() == host);
    Filter byLogger =
        Filter.of("logger", Words.LOGGERS.get(logger), event -> event.logger() == logger);
    Filter staging = Filter.of("environment", "staging", event -> event.environment() == 1);
    Filter errors = level(Facts.Severity.ERROR);
    return switch (random.nextInt(7)) {
      case 0 -> errors.and(byHost);
      case 1 -> byHost;
      case 2 -> byLogger.and(level(Facts.Severity.WARNING));
      case 3 -> staging.and(byHost);
      case 4 -> staging.and(byHost).and(byLogger).and(errors);
      case 5 -> level(Facts.Severity.FATAL).and(byLogger);
      default ->
          Filter.of("kind", "transaction", event -> event.kind() == Facts.Kind.TRANSACTION)
              .and(byHost);
    };
  }

  private static Filter level(Facts.Severity level) {
    return Filter.of("level", level.word(), event -> event.level() == level);
  }

  /** Before some moment of the last half. */
  private Asked newest(RandomGenerator random) {
    Filter filter = filter(random);
    long to =
        corpus.end().toEpochMilli() - random.nextLong(Math.max(1, corpus.spread().toMillis() / 2));
    Stretch at = stretch(corpus.start().toEpochMilli(), to);
    return new Asked(
        "/api/v1/events?limit=" + NEWEST + "&query=" + encode(filter.query()) + at.leveeRange(),
        listing(Stream.concat(filter.terms().stream(), Stream.of(at.openSearchRange())).toList()),
        listed(() -> truth.newest(filter.test(), at.to(), NEWEST)));
  }

  /** A word or a trace, in turns, over everything. */
  private Asked rare(RandomGenerator random) {
    if (random.nextBoolean()) {
      int word = random.nextInt(Words.RARE.size());
      String anywhere =
          "{\"multi_match\":{\"query\":\"%s\",\"fields\":%s}}"
              .formatted(Words.RARE.get(word), TEXTS);
      return new Asked(
          "/api/v1/events?limit=" + NEWEST + "&query=" + Words.RARE.get(word),
          listing(List.of(anywhere)),
          listed(() -> truth.withRare(word).stream().limit(NEWEST).toList()));
    }
    long number = random.nextLong(corpus.events());
    String trace = corpus.trace(number);
    return new Asked(
        "/api/v1/events?limit=" + NEWEST + "&query=trace_id:" + trace,
        listing(List.of(term("trace_id", trace))),
        listed(() -> truth.withTraceOf(number)));
  }

  private static final String TEXTS = "[\"message\",\"title\",\"exceptions.value\"]";

  private static String listing(List<String> filters) {
    return "{\"size\":%d,\"track_total_hits\":false,\"sort\":[{\"time\":\"desc\"}],\"query\":{\"bool\":{\"filter\":[%s]}}}"
        .formatted(NEWEST, String.join(",", filters));
  }

  private Asked.Right listed(java.util.function.Supplier<List<Long>> numbers) {
    return new Asked.Right() {
      @Override
      public List<String> expected() {
        return numbers.get().stream().map(corpus::id).toList();
      }

      @Override
      public List<String> ofLevee(Json.Obj answer) {
        return SearchAnswers.ids(answer);
      }

      @Override
      public List<String> ofOpenSearch(Json.Obj answer) {
        return SearchAnswers.hits(answer);
      }
    };
  }

  private Asked phraseByHost(RandomGenerator random) {
    int phrase = random.nextInt(FREQUENT_PHRASES);
    Stretch at = stretch(random, 0.9);
    String words = Words.PHRASES.get(phrase);
    String anywhere =
        "{\"multi_match\":{\"type\":\"phrase\",\"query\":\"%s\",\"fields\":%s}}"
            .formatted(words, TEXTS);
    String by = "{\"terms\":{\"field\":\"host\",\"size\":" + TOP_HOSTS + "}}";
    return new Asked(
        question("\"" + words + "\" | top limit=" + TOP_HOSTS + " host") + at.leveeRange(),
        counting(List.of(anywhere, at.openSearchRange()), by),
        new Top(
            "host",
            TOP_HOSTS,
            () -> truth.byHost(phrase, at.from(), at.to()),
            Words.HOSTS::indexOf));
  }

  /** All but up to a hundredth. */
  private Asked byCustomer(RandomGenerator random) {
    long less = random.nextLong(Math.max(1, corpus.spread().toMillis() / 100));
    Stretch at =
        stretch(corpus.start().toEpochMilli() + less, corpus.end().toEpochMilli());
    String by = "{\"terms\":{\"field\":\"tags.customer\",\"size\":" + TOP_CUSTOMERS + "}}";
    return new Asked(
        question("* | stats count by customer | sort " + TOP_CUSTOMERS + " -count")
            + at.leveeRange(),
        counting(List.of(at.openSearchRange()), by),
        new Top(
            "customer",
            TOP_CUSTOMERS,
            () -> Arrays.stream(truth.byCustomer(at.from())).asLongStream().toArray(),
            Words::customer));
  }

  private int loggersMatched() {
    long share = corpus.events() / Words.LOGGERS.size();
    return Math.clamp(MATCHED_EVENTS / Math.max(1, share), 1, Words.LOGGERS.size());
  }

  private String matched() {
    double millions = 1e-6 * corpus.events() * loggersMatched() / Words.LOGGERS.size();
    return String.format(Locale.ROOT, "%.2f M", millions);
  }

  /** What messages say that it took, of as many loggers as have a million events. */
  private Asked taken(RandomGenerator random) {
    Set<Integer> loggers = new TreeSet<>();
    while (loggers.size() < loggersMatched()) {
      loggers.add(random.nextInt(Words.LOGGERS.size()));
    }
    int slow = 100 + random.nextInt(1_000);
    String names =
        loggers.stream()
            .map(logger -> "\"" + Words.LOGGERS.get(logger) + "\"")
            .collect(Collectors.joining(", "));
    return new Asked(
        question(
            "logger IN (" + names + ") | rex \"took (?<ms>\\d+) ms\" | eval slow=if(ms >= " + slow
                + ", \"yes\", \"no\") | stats count, sum(ms) as total by slow | sort slow"),
        null,
        new Asked.Right() {
          @Override
          public List<String> expected() {
            Truth.Taken no = truth.taken(loggers, 0, slow);
            Truth.Taken yes = truth.taken(loggers, slow, Facts.MILLIS_MAX + 1);
            return List.of(
                "no " + no.events() + " " + no.sum(), "yes " + yes.events() + " " + yes.sum());
          }

          @Override
          public List<String> ofLevee(Json.Obj answer) {
            return SearchAnswers.rows(answer, "slow", "count", "total");
          }

          @Override
          public List<String> ofOpenSearch(Json.Obj answer) {
            return List.of();
          }
        });
  }
}
