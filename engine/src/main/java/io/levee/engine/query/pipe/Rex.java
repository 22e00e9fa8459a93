package io.levee.engine.query.pipe;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.levee.engine.query.eval.Patterns;
import io.levee.engine.query.eval.TextFinder;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code rex}: fields out of text, or text changed.
 *
 * @param pattern with named groups
 * @param replacement for {@code mode=sed}; null to extract
 * @param all whether every match is replaced
 */
public record Rex(
    String field, String pattern, int matchesMax, @Nullable String replacement, boolean all)
    implements Stage {
  static final Command COMMAND =
      Command.of(
          "rex",
          "rex [field=_raw] [max_match=1] \"regex with (?<name>…)\" | rex [field=_raw] mode=sed"
              + " \"s/regex/replacement/g\"",
          "Makes fields of the named groups of a regular expression (RE2: it takes time in"
              + " proportion to the text, whatever the pattern). With `mode=sed` it changes the"
              + " text instead. `_raw` is the message, or the title when there is none.",
          Rex::read,
          "* | rex field=title \"order (?<order>\\d+)\" | stats count by order",
          "* | rex field=message mode=sed \"s/\\d+/N/g\" | top message");

  private static Stage read(StageReader in) {
    String field = "_raw";
    int most = 1;
    boolean sed = false;
    while (true) {
      if (in.takeOption("field")) {
        field = in.field();
      } else if (in.takeOption("max_match")) {
        most = in.number("max_match", 0, 1_000);
      } else if (in.takeOption("mode")) {
        String mode = in.value();
        if (!mode.equals("sed")) {
          throw in.wrong("mode: \"" + mode + "\" (expected: sed)");
        }
        sed = true;
      } else {
        break;
      }
    }
    if (sed) {
      return sed(in, field);
    }
    String pattern = in.regex();
    Rex rex = new Rex(field, pattern, most == 0 ? 1_000 : most, null, false);
    if (rex.names().isEmpty()) {
      throw in.wrong("the pattern names no group, as in (?<name>…)");
    }
    return rex;
  }

  private static Stage sed(StageReader in, String field) {
    int at = in.text().position();
    String written = in.value();
    String separator = written.length() > 1 ? written.substring(1, 2) : "/";
    String[] parts = written.split(java.util.regex.Pattern.quote(separator), -1);
    if (parts.length != 4 || !parts[0].equals("s")) {
      String message = "rex: \"" + written + "\" (expected: s/regex/replacement/g)";
      throw in.text().wrongAt(at, written, message);
    }
    try {
      Patterns.regex(parts[1]);
    } catch (IllegalArgumentException e) {
      throw in.text().wrongAt(at, written, "rex: " + e.getMessage() + ": " + parts[1]);
    }
    String replacement = parts[2].replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1");
    return new Rex(field, parts[1], 1, replacement, parts[3].contains("g"));
  }

  private Set<String> names() {
    return new LinkedHashSet<>(Patterns.regex(pattern).namedGroups().keySet());
  }

  @Override
  public Step step(Step next, Run run) {
    Pattern compiled = Patterns.regex(pattern);
    if (replacement != null) {
      return new RowStep(next, row -> change(row, compiled));
    }
    TextFinder finder = TextFinder.of(pattern);
    List<Group> groups = new ArrayList<>();
    compiled.namedGroups().forEach((name, number) -> groups.add(new Group(name, number)));
    return new RowStep(next, row -> extract(row, finder, groups));
  }

  /** A named group of the pattern. */
  private record Group(String name, int number) {}

  private Row extract(Row row, TextFinder finder, List<Group> groups) {
    Value source = row.get(field);
    if (matchesMax == 1 && source instanceof Value.Text(String text)) {
      finder.reset(text);
      if (finder.find()) {
        for (Group group : groups) {
          String found = finder.group(group.number());
          if (found != null) {
            row.put(group.name(), Value.text(found));
          }
        }
      }
      return row;
    }
    List<List<Value>> found = new ArrayList<>();
    groups.forEach(group -> found.add(new ArrayList<>(1)));
    for (Value text : source.items()) {
      finder.reset(text.asText());
      for (int matches = 0; matches < matchesMax && finder.find(); matches++) {
        for (int i = 0; i < groups.size(); i++) {
          String group = finder.group(groups.get(i).number());
          if (group != null) {
            found.get(i).add(Value.text(group));
          }
        }
      }
    }
    for (int i = 0; i < groups.size(); i++) {
      Value value = Value.many(found.get(i));
      if (!value.isNothing()) {
        row.put(groups.get(i).name(), value);
      }
    }
    return row;
  }

  private Row change(Row row, Pattern compiled) {
    String with = replacement == null ? "" : replacement;
    List<Value> changed = new ArrayList<>();
    for (Value text : row.get(field).items()) {
      Matcher matcher = compiled.matcher(text.asText());
      changed.add(Value.text(all ? matcher.replaceAll(with) : matcher.replaceFirst(with)));
    }
    return row.put(field, Value.many(changed));
  }

  @Override
  public void needs(Needs needs, Run run) {
    needs.read(field);
    names().forEach(needs::assign);
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    if (before == null) {
      return null;
    }
    LinkedHashSet<String> columns = new LinkedHashSet<>(before);
    columns.addAll(names());
    return List.copyOf(columns);
  }

  @Override
  public String show() {
    return "rex field=" + field + " \"" + pattern + "\"" + (replacement == null ? "" : " mode=sed");
  }
}
