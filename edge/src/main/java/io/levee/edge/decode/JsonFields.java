package io.levee.edge.decode;

import io.levee.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields that a decoder knows out of a JSON object, one by one; what nobody took is left
 * over, to be kept. A field of the wrong type is dropped with a mark: one bad field must not cost
 * the event. Used by one thread.
 */
public final class JsonFields {
  private static final int INTEGER_DIGITS_MAX = 9;

  private final Map<String, Json> fields;
  private final List<String> taken = new ArrayList<>();
  private final String path;
  private final Marks marks;

  /**
   * @param path where the object stands in the event, for the marks; empty for the event itself
   */
  public JsonFields(Json.Obj object, String path, Marks marks) {
    this.fields = object.fields();
    this.path = path;
    this.marks = marks;
  }

  /** Takes a field as it is; null when it is absent or JSON's null. */
  public @Nullable Json take(String key) {
    Json value = fields.get(key);
    if (value == null || taken.contains(key)) {
      return null;
    }
    taken.add(key);
    return value instanceof Json.Null ? null : value;
  }

  /** Takes a string, number or boolean as text; null when it is absent or empty. */
  public @Nullable String text(String key) {
    Json value = take(key);
    if (value == null) {
      return null;
    }
    String text = value.scalarText();
    if (text == null) {
      dropped(key, value, "text");
    }
    return text == null || text.isEmpty() ? null : text;
  }

  /** Takes a whole number of at most nine digits; null when it is absent. */
  public @Nullable Integer integer(String key) {
    Json value = take(key);
    if (value == null) {
      return null;
    }
    Integer number = integer(value);
    if (number == null) {
      dropped(key, value, "a whole number");
    }
    return number;
  }

  private static @Nullable Integer integer(Json value) {
    String text = value.scalarText();
    if (text == null || value instanceof Json.Bool || text.isEmpty()) {
      return null;
    }
    String digits = text.charAt(0) == '-' ? text.substring(1) : text;
    boolean whole =
        !digits.isEmpty()
            && digits.length() <= INTEGER_DIGITS_MAX
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return whole ? (Integer) Integer.parseInt(text) : null;
  }

  /** Takes a boolean; null when it is absent. */
  public @Nullable Boolean bool(String key) {
    Json value = take(key);
    if (value instanceof Json.Bool bool) {
      return bool.value();
    }
    if (value != null) {
      dropped(key, value, "true or false");
    }
    return null;
  }

  /** Takes an object; the empty one when it is absent. */
  public Json.Obj object(String key) {
    Json value = take(key);
    if (value instanceof Json.Obj object) {
      return object;
    }
    if (value != null) {
      dropped(key, value, "an object");
    }
    return Json.Obj.EMPTY;
  }

  /** Takes an array's items; none when it is absent. */
  public List<Json> array(String key) {
    Json value = take(key);
    if (value instanceof Json.Arr array) {
      return array.items();
    }
    if (value != null) {
      dropped(key, value, "an array");
    }
    return List.of();
  }

  /** Says that a field which was taken is not what it should be. */
  public void dropped(String key, Json was, String expected) {
    marks.dropped(path.isEmpty() ? key : path + "." + key, kind(was), expected);
  }

  /** What nobody took, without nulls. */
  public Json.Obj rest() {
    if (taken.size() == fields.size()) {
      return Json.Obj.EMPTY;
    }
    Map<String, Json> left = new LinkedHashMap<>();
    fields.forEach((key, value) -> {
      if (!(value instanceof Json.Null) && !taken.contains(key)) {
        left.put(key, value);
      }
    });
    return left.isEmpty() ? Json.Obj.EMPTY : new Json.Obj(left);
  }

  /** What a value is, in words. */
  public static String kind(Json json) {
    return switch (json) {
      case Json.Text ignored -> "text";
      case Json.Num ignored -> "a number";
      case Json.Bool ignored -> "a boolean";
      case Json.Null ignored -> "null";
      case Json.Arr ignored -> "an array";
      case Json.Obj ignored -> "an object";
    };
  }
}
