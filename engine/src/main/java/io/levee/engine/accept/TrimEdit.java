package io.levee.engine.accept;

import io.levee.event.Json;
import io.levee.event.Mark.Change;
import io.levee.event.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts one event's fields to the limits. Not thread-safe: one for every event. */
final class TrimEdit implements FieldEdit {
  private final TrimLimits limits;
  private final Changes changes;
  private int eventFieldsLeft;
  private int stackFieldsLeft;

  TrimEdit(TrimLimits limits, Changes changes) {
    this.limits = limits;
    this.changes = changes;
    this.eventFieldsLeft = limits.fieldsMax();
    this.stackFieldsLeft = limits.stackFieldsMax();
  }

  @Override
  public @Nullable Object unchanged() {
    return null; // The limits are those of the whole event.
  }

  @Override
  public String text(Role role, String value) {
    return switch (role) {
      case TITLE -> title(value);
      case MESSAGE -> cut(value, limits.messageCharsMax());
      case NAME -> cut(value, limits.nameCharsMax());
      case TEXT -> cut(value, limits.textCharsMax());
      case SOURCE -> cut(value, limits.sourceLineCharsMax());
    };
  }

  /** A title must not be blank; cutting a long indented one could leave nothing but the indent. */
  private String title(String value) {
    return value.length() <= limits.titleCharsMax()
        ? value
        : noted(value, Cut.to(value.strip(), limits.titleCharsMax()));
  }

  private String cut(String value, int charsMax) {
    return value.length() <= charsMax ? value : noted(value, Cut.to(value, charsMax));
  }

  private String noted(String before, String after) {
    changes.note(Change.TRUNCATED, before.length() + " chars");
    return after;
  }

  @Override
  public List<Pair> pairs(List<Pair> pairs) {
    int count = changes.count();
    List<Pair> kept = head(pairs, limits.pairsMax());
    List<Pair> next = new ArrayList<>(kept.size());
    for (Pair pair : kept) {
      changes.enter(pair.key());
      String key = cut(pair.key(), limits.keyCharsMax());
      next.add(new Pair(key, cut(pair.value(), limits.textCharsMax())));
      changes.leave();
    }
    return changes.count() == count ? pairs : next;
  }

  @Override
  public Map<String, String> tags(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return tags;
    }
    int count = changes.count();
    Map<String, String> next = new LinkedHashMap<>();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (next.size() == limits.tagsMax()) {
        changes.note(Change.DROPPED, tags.size() + " tags");
        break;
      }
      changes.enter(tag.getKey());
      String key = cut(tag.getKey(), limits.keyCharsMax());
      next.put(key, cut(tag.getValue(), limits.tagCharsMax()));
      changes.leave();
    }
    return changes.count() == count ? tags : next;
  }

  @Override
  public <T> List<T> items(Items which, List<T> items) {
    return switch (which) {
      case EXCEPTIONS -> bothEnds(items, limits.exceptionsMax());
      case FRAMES -> bothEnds(items, limits.framesMax());
      case BREADCRUMBS -> tail(items, limits.breadcrumbsMax());
      case SOURCE_LINES -> head(items, limits.sourceLinesMax());
      case FINGERPRINT -> head(items, limits.fingerprintMax());
    };
  }

  private <T> List<T> head(List<T> items, int max) {
    return items.size() <= max ? items : noted(items, items.subList(0, max));
  }

  private <T> List<T> tail(List<T> items, int max) {
    return items.size() <= max
        ? items
        : noted(items, items.subList(items.size() - max, items.size()));
  }

  /** The middle of a deep stack is repetition; where it began and where it broke are not. */
  private <T> List<T> bothEnds(List<T> items, int max) {
    if (items.size() <= max) {
      return items;
    }
    int tail = max / 2;
    List<T> kept = new ArrayList<>(items.subList(0, max - tail));
    kept.addAll(items.subList(items.size() - tail, items.size()));
    return noted(items, kept);
  }

  private <T> List<T> noted(List<T> before, List<T> after) {
    changes.note(Change.DROPPED, before.size() + " items");
    return after;
  }

  @Override
  public Json json(Area area, Json value) {
    return json(area, value, limits.nestingMax());
  }

  private Json json(Area area, Json value, int nestingLeft) {
    return switch (value) {
      case Json.Text text -> {
        String cut = cut(text.value(), limits.textCharsMax());
        yield cut.length() == text.value().length() ? text : new Json.Text(cut);
      }
      case Json.Arr array -> nestingLeft == 0 ? tooDeep() : array(area, array, nestingLeft);
      case Json.Obj object -> nestingLeft == 0 ? tooDeep() : object(area, object, nestingLeft);
      case Json.Num number -> number;
      case Json.Bool bool -> bool;
      case Json.Null nothing -> nothing;
    };
  }

  private Json tooDeep() {
    changes.note(Change.DROPPED, "nested deeper than " + limits.nestingMax());
    return Json.nothing();
  }

  private Json array(Area area, Json.Arr array, int nestingLeft) {
    int count = changes.count();
    List<Json> next = new ArrayList<>(Math.min(array.items().size(), 16));
    for (Json item : array.items()) {
      if (!takeField(area)) {
        changes.note(Change.DROPPED, (array.items().size() - next.size()) + " items");
        break;
      }
      changes.enter(next.size());
      next.add(json(area, item, nestingLeft - 1));
      changes.leave();
    }
    return changes.count() == count ? array : new Json.Arr(next);
  }

  private Json object(Area area, Json.Obj object, int nestingLeft) {
    int count = changes.count();
    // Copied only from the first change on: most objects have none.
    Map<String, Json> next = null;
    int seen = 0;
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      if (!takeField(area)) {
        changes.note(Change.DROPPED, (object.fields().size() - seen) + " fields");
        next = next == null ? firstOf(object, seen) : next;
        break;
      }
      changes.enter(field.getKey());
      String key = cut(field.getKey(), limits.keyCharsMax());
      Json value = json(area, field.getValue(), nestingLeft - 1);
      changes.leave();
      if (next == null && changes.count() != count) {
        next = firstOf(object, seen);
      }
      if (next != null) {
        next.put(key, value);
      }
      seen++;
    }
    return next == null ? object : new Json.Obj(next);
  }

  private static Map<String, Json> firstOf(Json.Obj object, int fields) {
    Map<String, Json> copy = new LinkedHashMap<>();
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      if (copy.size() == fields) {
        break;
      }
      copy.put(field.getKey(), field.getValue());
    }
    return copy;
  }

  private boolean takeField(Area area) {
    return switch (area) {
      case EVENT -> eventFieldsLeft > 0 && eventFieldsLeft-- > 0;
      case STACK -> stackFieldsLeft > 0 && stackFieldsLeft-- > 0;
    };
  }
}
