package io.levee.bench;

import static io.levee.bench.EventFilter.term;
import static io.levee.bench.SearchAnswers.number;

import io.levee.bench.corpus.Corpus;
import io.levee.bench.corpus.Facts;
import io.levee.bench.corpus.Truth;
import io.levee.bench.corpus.Words;
import io.levee.event.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The questions of the table. Each asking differs from the one before, so no answer can be kept.
 */
final class QueryQuestions {
  private static final int NEWEST = 100;
  private static final int TOP_HOSTS = 10;
  private static final int TOP_CUSTOMERS = 100;
  private static final int BUCKETS_MAX = 60;
  private static final int FREQUENT_PHRASES = 4;
  private static final int MATCHED_EVENTS = 1_000_000;
  private static final Duration SPAN_MIN = Duration.ofMinutes(15);

  /** Where OpenSearch looks for words that may be anywhere. */
  private static final String TEXTS = "[\"message\",\"title\",\"exceptions.value\"]";

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

  /**
   * Those with such a name.
   *
   * @throws BenchFailure when there is none
   */
  List<QuestionKind> startingWith(String text) {
    List<QuestionKind> found = all().stream().filter(kind -> kind.name().startsWith(text)).toList();
    if (found.isEmpty()) {
      throw new BenchFailure(
          "--only \"%s\": no such question (expected: the beginning of one of %s)"
              .formatted(text, all().stream().map(QuestionKind::name).toList()));
    }
    return found;
  }

  /** The one whose memory is looked at too. */
  QuestionKind customers() {
    return new QuestionKind(
        "stats by " + truth.customers() + " values", Duration.ofSeconds(3), 1, this::byCustomer);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String question(String text) {
    return "/api/v1/query?q=" + encode(text);
  }

  private static String events(String query) {
    return "/api/v1/events?limit=" + NEWEST + "&query=" + encode(query);
  }

  /** A search whose hits don't matter, only what is counted over them. */
  private static String counting(List<String> filters, String by) {
    return "{\"size\":0,\"track_total_hits\":false,\"query\":{\"bool\":{\"filter\":[%s]}},\"aggs\":{\"by\":%s}}"
        .formatted(String.join(",", filters), by);
  }

  /** A search for the newest. */
  private static String listing(List<String> filters) {
    return "{\"size\":%d,\"track_total_hits\":false,\"sort\":[{\"time\":\"desc\"}],\"query\":{\"bool\":{\"filter\":[%s]}}}"
        .formatted(NEWEST, String.join(",", filters));
  }

  /** OpenSearch has no hour of the day without a script: it counts by hour, we add up. */
  private Asked errorsByHour(RandomGenerator random) {
    Stretch at = Stretch.most(corpus, random);
    String by = "{\"date_histogram\":{\"field\":\"time\",\"fixed_interval\":\"1h\"}}";
    return new Asked(
        question("ERROR | stats count by date_hour") + at.leveeRange(),
        counting(List.of(term("level", "error"), at.openSearchRange()), by),
        new Asked.Right(
            () -> hours(truth.byHour(Facts.Severity.ERROR, at.from(), at.to())),
            answer ->
                SearchAnswers.rows(answer, "date_hour", "count").stream()
                    .sorted(Comparator.comparingInt(QueryQuestions::hour))
                    .toList(),
            QueryQuestions::hoursOfDays));
  }

  private static List<String> hours(long[] counts) {
    return IntStream.range(0, counts.length)
        .filter(hour -> counts[hour] > 0)
        .mapToObj(hour -> hour + " " + counts[hour])
        .toList();
  }

  /** What a line begins with; negative when that is no number. */
  private static int hour(String line) {
    String first = line.split(" ")[0];
    return first.matches("[0-9]{1,2}") ? Integer.parseInt(first) : -1;
  }

  private static List<String> hoursOfDays(Json.Obj answer) {
    Map<Integer, Long> hours = new TreeMap<>();
    for (Json.Obj bucket : SearchAnswers.buckets(answer)) {
      hours.merge(Corpus.hour(number(bucket, "key")), number(bucket, "doc_count"), Long::sum);
    }
    hours.values().removeIf(count -> count == 0);
    return hours.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  /** From a quarter of an hour to all of it, every order of length as likely as another. */
  private Asked histogram(RandomGenerator random) {
    double least = Math.log((double) SPAN_MIN.toMillis());
    double most = Math.log((double) corpus.spread().toMillis());
    long length = (long) Math.exp(least + random.nextDouble() * (most - least));
    Stretch at = Stretch.anywhere(corpus, random, length);
    Duration width =
        WIDTHS.stream()
            .filter(w -> length / w.toMillis() <= BUCKETS_MAX)
            .findFirst()
            .orElse(WIDTHS.getLast());
    String by =
        "{\"date_histogram\":{\"field\":\"time\",\"fixed_interval\":\"%ds\"},\"aggs\":{\"levels\":{\"terms\":{\"field\":\"level\"}}}}"
            .formatted(width.toSeconds());
    return new Asked(
        "/api/v1/histogram?query=&bucket=" + width.toSeconds() + "s" + at.leveeRange(),
        counting(List.of(at.openSearchRange()), by),
        new Asked.Right(
            () -> HistogramLines.expected(corpus, truth, at, width.toMillis()),
            HistogramLines::ofLevee,
            HistogramLines::ofOpenSearch));
  }

  /** Before some moment of the second half. */
  private Asked newest(RandomGenerator random) {
    EventFilter filter = EventFilter.any(random);
    long back = random.nextLong(Math.max(1, corpus.spread().toMillis() / 2));
    Stretch at =
        Stretch.of(corpus, corpus.start().toEpochMilli(), corpus.end().toEpochMilli() - back);
    List<String> filters = new ArrayList<>(filter.terms());
    filters.add(at.openSearchRange());
    return new Asked(
        events(filter.query()) + at.leveeRange(),
        listing(filters),
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
          events(Words.RARE.get(word)),
          listing(List.of(anywhere)),
          listed(() -> truth.withRare(word).stream().limit(NEWEST).toList()));
    }
    long number = random.nextLong(corpus.events());
    String trace = corpus.trace(number);
    return new Asked(
        events("trace_id:" + trace),
        listing(List.of(term("trace_id", trace))),
        listed(() -> truth.withTraceOf(number)));
  }

  private Asked.Right listed(Supplier<List<Long>> numbers) {
    return new Asked.Right(
        () -> numbers.get().stream().map(corpus::id).toList(),
        SearchAnswers::ids,
        SearchAnswers::hits);
  }

  private Asked phraseByHost(RandomGenerator random) {
    int phrase = random.nextInt(FREQUENT_PHRASES);
    Stretch at = Stretch.most(corpus, random);
    String words = Words.PHRASES.get(phrase);
    String anywhere =
        "{\"multi_match\":{\"type\":\"phrase\",\"query\":\"%s\",\"fields\":%s}}"
            .formatted(words, TEXTS);
    String by = "{\"terms\":{\"field\":\"host\",\"size\":" + TOP_HOSTS + "}}";
    Supplier<long[]> counts = () -> truth.byHost(phrase, at.from(), at.to());
    return new Asked(
        question("\"" + words + "\" | top limit=" + TOP_HOSTS + " host") + at.leveeRange(),
        counting(List.of(anywhere, at.openSearchRange()), by),
        new Top("host", TOP_HOSTS, counts, Words.HOSTS::indexOf).right());
  }

  /**
   * The values with the most events, of all but up to a hundredth. OpenSearch's aggregation is
   * exact, since an index has one shard: both sides answer the same, and neither makes all rows.
   */
  private Asked byCustomer(RandomGenerator random) {
    long less = random.nextLong(Math.max(1, corpus.spread().toMillis() / 100));
    Stretch at =
        Stretch.of(corpus, corpus.start().toEpochMilli() + less, corpus.end().toEpochMilli());
    String by = "{\"terms\":{\"field\":\"tags.customer\",\"size\":" + TOP_CUSTOMERS + "}}";
    Supplier<long[]> counts =
        () -> Arrays.stream(truth.byCustomer(at.from())).asLongStream().toArray();
    return new Asked(
        question("* | stats count by customer | sort " + TOP_CUSTOMERS + " -count")
            + at.leveeRange(),
        counting(List.of(at.openSearchRange()), by),
        new Top("customer", TOP_CUSTOMERS, counts, Words::customer).right());
  }

  /** As many as have a million events together; all when there are fewer. */
  private int loggersMatched() {
    long share = corpus.events() / Words.LOGGERS.size();
    return Math.clamp(MATCHED_EVENTS / Math.max(1, share), 1, Words.LOGGERS.size());
  }

  private String matched() {
    double millions = 1e-6 * corpus.events() * loggersMatched() / Words.LOGGERS.size();
    return String.format(Locale.ROOT, "%.2f M", millions);
  }

  /** What messages say that it took. OpenSearch would need scripts, which a bare node lacks. */
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
    String text =
        "logger IN (%s) | rex \"took (?<ms>\\d+) ms\" | eval slow=if(ms >= %d, \"yes\", \"no\") | stats count, sum(ms) as total by slow | sort slow"
            .formatted(names, slow);
    return new Asked(
        question(text),
        null,
        new Asked.Right(
            () -> {
              Truth.Taken no = truth.taken(loggers, 0, slow);
              Truth.Taken yes = truth.taken(loggers, slow, Facts.MILLIS_MAX + 1);
              return List.of(
                  "no " + no.events() + " " + no.sum(), "yes " + yes.events() + " " + yes.sum());
            },
            answer -> SearchAnswers.rows(answer, "slow", "count", "total"),
            answer -> List.of()));
  }
}
