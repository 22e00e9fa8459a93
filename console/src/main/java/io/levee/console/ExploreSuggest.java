package io.levee.console;

import io.levee.engine.index.FacetValue;
import io.levee.engine.query.Fields;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.aggregate.Aggregates;
import io.levee.engine.query.eval.Functions;
import io.levee.engine.query.pipe.Commands;
import io.levee.engine.query.pipe.Completion;
import io.levee.engine.query.pipe.TimeParts;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Completes the word at the caret of a question: whatever can stand there, with its meaning. */
final class ExploreSuggest {
  private static final Duration LOOK_BACK = Duration.ofDays(14);
  private static final int OPTIONS_MAX = 14;
  private static final int VALUES_MAX = 200;
  private static final int TAG_SAMPLE = 50;
  private static final String MENTIONS = "`";

  private final Site site;

  ExploreSuggest(Site site) {
    this.site = site;
  }

  /** An option: what is shown, what it means, and what takes the word's place. */
  record Option(String label, String hint, String insert) {}

  /**
   * The options; none when there is nothing to suggest.
   *
   * @param start of the word whose place they take
   */
  record Options(int start, List<Option> options) {}

  PageResponse handle(PageRequest request, Project project) {
    List<String> given = request.query().getOrDefault("text", List.of());
    String text = given.isEmpty() ? "" : given.getFirst();
    String at = request.param("at");
    int place = at != null && at.matches("\\d{1,6}") ? Integer.parseInt(at) : text.length();
    Completion completion = Completion.at(text, place);
    String word = completion.word();
    Asking asking = new Asking(project, word, new ArrayList<>());
    switch (completion.kind()) {
      case COMMAND -> asking.commands();
      case AGGREGATE -> asking.aggregates(completion.command());
      case EXPRESSION -> {
        asking.functions();
        asking.fields("");
      }
      case FIELD -> asking.fields("");
      case FILTER -> {
        int operator = operator(word);
        if (operator < 0) {
          asking.levels();
          asking.fields(":");
        } else {
          asking.values(operator);
        }
      }
      case NOTHING -> {}
    }
    List<Option> options = asking.options.stream().limit(OPTIONS_MAX).toList();
    return site.templates().page("exploreSuggest", new Options(completion.start(), options));
  }

  private static int operator(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) == ':' || word.charAt(i) == '=') {
        return i;
      }
    }
    return -1;
  }

  /** The options for one word. */
  private final class Asking {
    private final Project project;
    private final String word;
    private final String lower;
    private final List<Option> options;

    Asking(Project project, String word, List<Option> options) {
      this.project = project;
      this.word = word;
      this.lower = word.toLowerCase(Locale.ROOT);
      this.options = options;
    }

    private void add(String name, String label, String hint, String insert) {
      if (name.toLowerCase(Locale.ROOT).startsWith(lower)) {
        options.add(new Option(label, hint, insert));
      }
    }

    void commands() {
      Commands.all()
          .forEach(command -> {
            String meaning = sentence(command.meaning());
            add(command.name(), command.name(), meaning, command.name() + " ");
            command.aliases().forEach(alias -> add(alias, alias, meaning, alias + " "));
          });
    }

    void aggregates(String command) {
      Aggregates.all()
          .forEach(function -> {
            boolean bare = function.name().equals("count");
            add(
                function.name(),
                function.signature(),
                function.meaning(),
                bare ? "count " : function.name() + "(");
          });
      if (lower.startsWith("p")) {
        add("p95", "p95(x)", "95th percentile", "p95(");
      }
      if (command.equals("chart")) {
        add("over", "over", "the field whose values run along the axis", "over ");
      }
      if (command.equals("timechart")) {
        add("span", "span=1h", "how long a step is", "span=");
      }
      add("by", "by", "one row, or column, for each value of a field", "by ");
      add("as", "as", "the name of the column", "as ");
    }

    void functions() {
      if (word.isEmpty()) {
        return; // Fields come first; the functions show up with their first letter.
      }
      Functions.all()
          .forEach(function ->
              add(
                  function.name(),
                  function.signature(),
                  function.meaning(),
                  function.name() + "("));
    }

    void levels() {
      if (!word.isEmpty() && word.equals(word.toUpperCase(Locale.ROOT))) {
        add("ERROR", "ERROR", "level error and worse words like it", "ERROR ");
        add("WARN", "WARN", "level warning", "WARN ");
      }
    }

    /**
     * Names of fields.
     *
     * @param sign what stands behind one in a filter
     */
    void fields(String sign) {
      Fields.all()
          .forEach(field ->
              add(field.name(), field.name() + sign, field.meaning(), field.name() + sign));
      ProjectScope scope = Site.scope(project);
      Facets.tagKeys(site.ports().index(), scope, new Query.All(), range(), TAG_SAMPLE)
          .forEach(key -> {
            String name = "tags." + key;
            boolean brief = !lower.isEmpty() && key.toLowerCase(Locale.ROOT).startsWith(lower);
            if (brief || name.startsWith(lower)) {
              options.add(new Option(name + sign, "tag", name + sign));
            }
          });
      if (sign.isEmpty()) {
        add("_time", "_time", "when it happened", "_time");
        TimeParts.names()
            .forEach(name -> add(name, name, "a part of the time, in your zone", name));
      } else {
        add("earliest", "earliest=", "since when, as in -24h@h", "earliest=");
        add("latest", "latest=", "until when", "latest=");
        add("NOT", "NOT", "what must not be there", "NOT ");
        add("OR", "OR", "one or the other", "OR ");
      }
    }

    void values(int operator) {
      String field = word.substring(0, operator);
      String typed = word.substring(operator + 1).replace("\"", "").toLowerCase(Locale.ROOT);
      Fields.Field known = Fields.find(field);
      if (known == null ? !field.startsWith("tags.") : !known.faceted()) {
        return;
      }
      String name = known == null ? field : known.name();
      List<FacetValue> found =
          site.ports()
              .index()
              .facets(Site.scope(project), new Query.All(), range(), List.of(name), VALUES_MAX)
              .getOrDefault(name, List.of());
      found.stream()
          .filter(value -> value.value().toLowerCase(Locale.ROOT).contains(typed))
          .forEach(value ->
              options.add(
                  new Option(
                      value.value(),
                      Figures.compact(value.events()),
                      word.substring(0, operator + 1) + QueryWords.quoted(value.value()) + " ")));
    }

    private TimeRange range() {
      return TimeRange.before(site.now().plusSeconds(1), LOOK_BACK);
    }
  }

  /** The first sentence. */
  private static String sentence(String meaning) {
    int end = meaning.indexOf(". ");
    return (end < 0 ? meaning : meaning.substring(0, end + 1)).replace(MENTIONS, "");
  }
}
