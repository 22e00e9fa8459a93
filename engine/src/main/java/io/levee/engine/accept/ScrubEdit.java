package io.levee.engine.accept;

import io.levee.engine.accept.SecretKeys.Verdict;
import io.levee.event.Json;
import io.levee.event.Mark.Change;
import io.levee.event.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the secrets out of one event's fields. Not thread-safe: one for every event. */
final class ScrubEdit implements FieldEdit {
  private static final Json FILTERED = Json.text(SecretText.FILTERED);
  private static final int NUMBER_CHARS_MIN = 13;

  private final SecretKeys keys;
  private final SecretText texts;
  private final Changes changes;

  ScrubEdit(SecretKeys keys, SecretText texts, Changes changes) {
    this.keys = keys;
    this.texts = texts;
    this.changes = changes;
  }

  @Override
  public Object unchanged() {
    return texts; // One for each set of rules.
  }

  @Override
  public String text(Role role, String value) {
    return noted(value, texts.scrub(value, role == Role.SOURCE));
  }

  /** A scrubbed text always differs: the placeholder is never found again as a secret. */
  private String noted(String before, String after) {
    if (!after.equals(before)) {
      changes.note(Change.SCRUBBED, null);
    }
    return after;
  }

  private String named(String key, String value) {
    boolean secret = keys.judge(key) != Verdict.HARMLESS;
    return noted(value, secret && tells(value) ? SecretText.FILTERED : texts.scrub(value, false));
  }

  private static boolean tells(String value) {
    return !value.isBlank()
        && !value.equals("true")
        && !value.equals("false")
        && !value.equals("null");
  }

  @Override
  public List<Pair> pairs(List<Pair> pairs) {
    List<Pair> next = null;
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      int before = changes.count();
      changes.enter(pair.key());
      String value = named(pair.key(), pair.value());
      changes.leave();
      if (changes.count() != before) {
        next = next == null ? new ArrayList<>(pairs) : next;
        next.set(i, new Pair(pair.key(), value));
      }
    }
    return next == null ? pairs : next;
  }

  @Override
  public Map<String, String> tags(Map<String, String> tags) {
    Map<String, String> next = null;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      int before = changes.count();
      changes.enter(tag.getKey());
      String value = named(tag.getKey(), tag.getValue());
      changes.leave();
      if (changes.count() != before) {
        next = next == null ? new LinkedHashMap<>(tags) : next;
        next.put(tag.getKey(), value);
      }
    }
    return next == null ? tags : next;
  }

  @Override
  public <T> List<T> items(Items which, List<T> items) {
    return items;
  }

  @Override
  public Json json(Area area, Json value) {
    return json(value);
  }

  private Json json(Json value) {
    return switch (value) {
      case Json.Text text -> {
        int before = changes.count();
        String clean = noted(text.value(), texts.scrub(text.value(), false));
        yield changes.count() == before ? text : new Json.Text(clean);
      }
      case Json.Num number -> number(number);
      case Json.Arr array -> array(array);
      case Json.Obj object -> object(object);
      case Json.Bool bool -> bool;
      case Json.Null nothing -> nothing;
    };
  }

  /** A card's number may come as a number. */
  private Json number(Json.Num number) {
    String literal = number.literal();
    if (literal.length() < NUMBER_CHARS_MIN || texts.scrub(literal, false).equals(literal)) {
      return number;
    }
    changes.note(Change.SCRUBBED, null);
    return FILTERED;
  }

  private Json array(Json.Arr array) {
    List<Json> items = array.items();
    String key =
        items.size() == 2 && items.getFirst() instanceof Json.Text text ? text.value() : null;
    List<Json> next = null;
    for (int i = 0; i < items.size(); i++) {
      int before = changes.count();
      changes.enter(i);
      // Headers and parameters also travel as arrays of two.
      Json value = key != null && i == 1 ? named(key, items.get(i)) : json(items.get(i));
      changes.leave();
      if (changes.count() != before) {
        next = next == null ? new ArrayList<>(items) : next;
        next.set(i, value);
      }
    }
    return next == null ? array : new Json.Arr(next);
  }

  private Json object(Json.Obj object) {
    String spokenKey = spokenKey(object);
    Map<String, Json> next = null;
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      int before = changes.count();
      changes.enter(field.getKey());
      String key = spokenKey != null && field.getKey().equals("value") ? spokenKey : field.getKey();
      Json value = named(key, field.getValue());
      changes.leave();
      if (changes.count() != before) {
        next = next == null ? new LinkedHashMap<>(object.fields()) : next;
        next.put(field.getKey(), value);
      }
    }
    return next == null ? object : new Json.Obj(next);
  }

  /** The key in {@code {"key": "password", "value": "…"}}, as some clients write their pairs. */
  private static @Nullable String spokenKey(Json.Obj object) {
    if (!object.fields().containsKey("value")) {
      return null;
    }
    Json key = object.get("key");
    key = key == null ? object.get("name") : key;
    return key instanceof Json.Text text ? text.value() : null;
  }

  private Json named(String key, Json value) {
    Verdict verdict = keys.judge(key);
    boolean secret =
        switch (value) {
          case Json.Bool ignored -> false;
          case Json.Null ignored -> false;
          case Json.Text text ->
              verdict != Verdict.HARMLESS
                  && tells(text.value())
                  && !text.value().equals(SecretText.FILTERED);
          case Json.Num ignored -> verdict != Verdict.HARMLESS;
          case Json.Arr array -> isWhole(verdict) && !array.items().isEmpty();
          case Json.Obj object -> isWhole(verdict) && !object.isEmpty();
        };
    if (!secret) {
      return json(value);
    }
    changes.note(Change.SCRUBBED, null);
    return FILTERED;
  }

  private static boolean isWhole(Verdict verdict) {
    return verdict == Verdict.ALL || verdict == Verdict.LINE;
  }
}
