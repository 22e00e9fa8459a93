package io.levee.console;

import io.levee.engine.query.TimeRange;
import io.levee.engine.query.pipe.QuestionText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The page for questions.
 *
 * @param range what the answer is about: of the question itself, or else what was chosen beside it
 * @param chart null when the question was not understood
 * @param answer null when it comes later, or not at all
 * @param later the address of the answer, when it may take seconds; null otherwise
 * @param plan how it is answered, in lines
 * @param live the address of the events as they pass; null when nobody asked for them
 * @param saved the questions of the project that somebody kept
 */
record ExploreView(
    Shell shell,
    QuestionBox box,
    Params params,
    TimeChoice time,
    TimeRange range,
    boolean timed,
    @Nullable Chart chart,
    List<FacetView> facets,
    @Nullable AnswerView answer,
    @Nullable String later,
    List<String> plan,
    @Nullable String live,
    List<SavedPages.Saved> saved) {
  /** A question to begin with. */
  record Example(String text, String meaning, String href) {}

  private static final List<List<String>> EXAMPLES =
      List.of(
          List.of("ERROR | stats count by date_hour", "At which hour do errors come?"),
          List.of("* | timechart count by level", "What comes in, over time"),
          List.of("kind:error | top type", "The most frequent exceptions"),
          List.of("* | chart count over host by level", "Which machine complains, and how"),
          List.of("ERROR | stats count, dc(user) as users by release", "Who is hit by a release"),
          List.of("* | patterns limit=10", "What the messages have in common"));

  List<Example> examples() {
    return EXAMPLES.stream()
        .map(each ->
            new Example(
                each.getFirst(),
                each.getLast(),
                params.without("after", "live", "view").with("q", each.getFirst()).href()))
        .toList();
  }

  /** The name of this question when it is kept; otherwise what the menu is for. */
  String savedName() {
    return saved.stream()
        .filter(SavedPages.Saved::here)
        .map(SavedPages.Saved::name)
        .findFirst()
        .orElse("Saved");
  }

  boolean asksNothing() {
    return params.get("q").isEmpty();
  }

  /** With one term more in the filter. */
  String add(String term) {
    String text = QuestionText.of(params.get("q")).and(term).text();
    return params.without("after", "live").with("q", text).href();
  }

  /** The question without the events that a term finds. */
  String exclude(String term) {
    return add("NOT " + term);
  }

  /** The zoom of the histogram: exact bounds are put behind it by the script. */
  String zoom() {
    String text = QuestionText.of(params.get("q")).untimed().text();
    return params.without("after", "live", "range", "from", "to").with("q", text).href();
  }

  String wholeRange() {
    return params.without("after", "live", "from", "to").href();
  }

  /** The time in words. */
  String span() {
    return timed || time.isExact()
        ? TimeText.absolute(range.from()) + " – " + TimeText.absolute(range.to())
        : "the " + TimeChoice.choices().getOrDefault(time.name(), "").toLowerCase(Locale.ROOT);
  }

  /** How many events the filter finds, in words. */
  String found() {
    return chart == null ? "" : Figures.count(chart.total(), "event");
  }

  boolean canFollow() {
    return answer != null && answer.tabs().isEmpty() && !time.isExact() && !timed;
  }

  String liveLink() {
    return params.without("after").with("live", live == null ? "1" : null).href();
  }

  /** Where the whole answer, or all events behind it, can be fetched. */
  String export(String what, String format) {
    return params
        .without("after", "live", "view")
        .at(params.path() + "/export")
        .with("of", what)
        .with("format", format)
        .href();
  }

  boolean hasStages() {
    return !QuestionText.of(params.get("q")).stages().isEmpty();
  }

  /** A longer time, for those who found nothing. */
  @Nullable String longer() {
    return timed || time.name().equals("90d")
        ? null
        : params.without("after", "live", "from", "to").with("range", "90d").href();
  }
}
