package io.levee.console;

import io.levee.engine.index.FacetValue;
import io.levee.engine.query.Fields;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Completes the word at the caret of a search box: names of fields, or values of one. */
final class SuggestPages {
  private static final Duration LOOK_BACK = Duration.ofDays(14);
  private static final int OPTIONS_MAX = 12;
  private static final int VALUES_MAX = 200;
  private static final int TAG_SAMPLE = 50;
  private final Site site;

  SuggestPages(Site site) {
    this.site = site;
  }

  /** An option: what is shown, what it means, and what takes the word's place. */
  record Option(String label, String hint, String insert) {}

  /** The options; none when there is nothing to suggest. */
  record Options(List<Option> options) {}

  PageResponse handle(PageRequest request, Project project) {
    String word = request.param("word");
    String typed = word == null ? "" : word;
    int start = typed.startsWith("-") || typed.startsWith("(") ? 1 : 0;
    String sign = typed.substring(0, start);
    String rest = typed.substring(start);
    int colon = rest.indexOf(':');
    List<Option> options =
        colon < 0
            ? fields(project, sign, rest)
            : values(project, sign, rest.substring(0, colon), rest.substring(colon + 1));
    return site.templates().page("suggest", new Options(options));
  }

  private List<Option> fields(Project project, String sign, String prefix) {
    String lower = prefix.toLowerCase(Locale.ROOT);
    Map<String, String> all = new LinkedHashMap<>();
    Fields.all().forEach(field -> all.put(field.name(), field.meaning()));
    ProjectScope scope = Site.scope(project);
    Facets.tagKeys(site.ports().index(), scope, new Query.All(), range(), TAG_SAMPLE)
        .forEach(key -> all.put("tags." + key, "tag"));
    List<Option> options = new ArrayList<>();
    all.forEach((field, hint) -> {
      boolean matches =
          field.startsWith(lower)
              || (field.startsWith("tags.") && field.startsWith(lower, "tags.".length()));
      if (matches && options.size() < OPTIONS_MAX) {
        options.add(new Option(field + ":", hint, sign + field + ":"));
      }
    });
    return options;
  }

  private List<Option> values(Project project, String sign, String field, String typed) {
    if (!isListable(field)) {
      return List.of();
    }
    String prefix = typed.replace("\"", "").toLowerCase(Locale.ROOT);
    Fields.Field byName = Fields.find(field);
    String known = byName == null ? field : byName.name();
    List<FacetValue> found =
        site.ports()
            .index()
            .facets(Site.scope(project), new Query.All(), range(), List.of(known), VALUES_MAX)
            .getOrDefault(known, List.of());
    return found.stream()
        .filter(value -> value.value().toLowerCase(Locale.ROOT).contains(prefix))
        .limit(OPTIONS_MAX)
        .map(value ->
            new Option(
                value.value(),
                Figures.compact(value.events()),
                sign + QueryWords.term(field, value.value()) + " "))
        .toList();
  }

  private static boolean isListable(String name) {
    Fields.Field field = Fields.find(name);
    return field == null ? name.startsWith("tags.") : field.faceted();
  }

  private TimeRange range() {
    return TimeRange.before(site.now().plusSeconds(1), LOOK_BACK);
  }
}
