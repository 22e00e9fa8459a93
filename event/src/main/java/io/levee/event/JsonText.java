package io.levee.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads and writes {@link Json} as UTF-8 text (RFC 8259). Thread-safe.
 *
 * <p>Reading is strict but for one thing: Python clients write NaN and Infinity, which become null;
 * {@link #strict} refuses these too.
 */
public final class JsonText {
  /** What came of reading. */
  public sealed interface Parsed {}

  /** The document was JSON within the limits. */
  public record Value(Json json) implements Parsed {}

  /**
   * The document was not JSON.
   *
   * @param message what is wrong, without any of the content
   * @param byteOffset where, from the start of the document; -1 when unknown
   */
  public record Invalid(String message, long byteOffset) implements Parsed {}

  /**
   * The document is more than we are willing to read.
   *
   * @param message which limit it passes
   */
  public record OverLimit(String message) implements Parsed {}

  private final JsonFactory factory;
  private final int fieldsMax;
  private final @Nullable RepeatedArrays repeated;

  /** Reads what clients write, NaN and Infinity included. */
  public JsonText(JsonLimits limits) {
    this(limits, null);
  }

  /**
   * Reads what clients write, NaN and Infinity included.
   *
   * @param repeated arrays that are read once, however often they come; null when each is read anew
   */
  public JsonText(JsonLimits limits, @Nullable RepeatedArrays repeated) {
    this(limits, repeated, true);
  }

  /** Reads what RFC 8259 calls JSON, and nothing else. */
  public static JsonText strict(JsonLimits limits) {
    return new JsonText(limits, null, false);
  }

  private JsonText(JsonLimits limits, @Nullable RepeatedArrays repeated, boolean nonNumbers) {
    this.repeated = repeated;
    this.fieldsMax = limits.fieldsMax();
    this.factory =
        JsonFactory.builder()
            .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, nonNumbers)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.nestingMax())
                    .maxTokenCount(limits.tokensMax())
                    .maxStringLength(limits.stringCharsMax())
                    .maxNameLength(limits.stringCharsMax())
                    .build())
            .build();
  }

  /** Reads one document from the whole of the bytes. Never throws for what the bytes hold. */
  public Parsed parse(byte[] bytes) {
    return parse(bytes, 0, bytes.length);
  }

  /** Reads one document from a part of the bytes. Never throws for what the bytes hold. */
  public Parsed parse(byte[] bytes, int offset, int length) {
    try (JsonParser parser =
        factory.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new Invalid("empty document", 0);
      }
      Json json = new Reading(parser, bytes, offset, repeated).value(first);
      if (parser.nextToken() != null) {
        return new Invalid(
            "more after the end of the document", parser.currentTokenLocation().getByteOffset());
      }
      return new Value(json);
    } catch (TooManyFields e) {
      return new OverLimit("an object has more than " + fieldsMax + " fields");
    } catch (StreamConstraintsException e) {
      return new OverLimit(e.getOriginalMessage());
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      return new Invalid(
          withoutContent(e.getOriginalMessage()), location == null ? -1 : location.getByteOffset());
    }
  }

  /**
   * Jackson quotes the offending token; a stranger's content does not belong into our answers and
   * logs.
   */
  private static String withoutContent(String message) {
    int quote = message.indexOf(" token '");
    String kept = quote < 0 ? message : message.substring(0, quote) + " token";
    int newline = kept.indexOf('\n');
    return newline < 0 ? kept : kept.substring(0, newline);
  }

  /** One document that is being read. */
  private final class Reading {
    private final JsonParser parser;
    private final byte[] bytes;
    private final int offset;
    private final @Nullable RepeatedArrays arrays;

    Reading(JsonParser parser, byte[] bytes, int offset, @Nullable RepeatedArrays arrays) {
      this.parser = parser;
      this.bytes = bytes;
      this.offset = offset;
      this.arrays = arrays;
    }

    Json value(JsonToken token) {
      return switch (token) {
        case START_OBJECT -> object();
        case START_ARRAY -> array();
        case VALUE_STRING -> new Json.Text(parser.getString());
        case VALUE_NUMBER_INT -> new Json.Num(parser.getString());
        case VALUE_NUMBER_FLOAT -> number(parser.getString());
        case VALUE_TRUE -> new Json.Bool(true);
        case VALUE_FALSE -> new Json.Bool(false);
        case VALUE_NULL -> Json.nothing();
        case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
            throw new IllegalStateException("token " + token + " where a value starts");
      };
    }

    private static Json number(String literal) {
      char last = literal.charAt(literal.length() - 1);
      boolean nonNumeric = last == 'N' || last == 'y' || last == 'F';
      return nonNumeric ? Json.nothing() : new Json.Num(literal);
    }

    private Json.Obj object() {
      Map<String, Json> fields = new LinkedHashMap<>();
      for (String key = parser.nextName(); key != null; key = parser.nextName()) {
        fields.put(key, field(key, parser.nextToken()));
        if (fields.size() > fieldsMax) {
          throw new TooManyFields();
        }
      }
      return new Json.Obj(fields);
    }

    private Json field(String key, JsonToken token) {
      RepeatedArrays known = arrays;
      return known != null && token == JsonToken.START_ARRAY && known.concerns(key)
          ? repeatedArray(known)
          : value(token);
    }

    /**
     * Goes over an array without reading it, which holds it to all limits but those of strings and
     * fields, and takes what it was the last time; reads it now if it was never.
     */
    private Json.Arr repeatedArray(RepeatedArrays known) {
      int from = place() - 1;
      parser.skipChildren();
      int to = place();
      if (!known.concerns(to - from)) {
        return again(from, to);
      }
      long hash = RepeatedArrays.hash(bytes, from, to);
      Json.Arr found = known.find(hash, bytes, from, to);
      if (found != null) {
        return found;
      }
      Json.Arr read = again(from, to);
      if (!known.welcome(hash)) {
        return read;
      }
      Json.Arr shared = new Json.Arr(SharedList.of(read.items()));
      known.remember(hash, bytes, from, to, shared);
      return shared;
    }

    private int place() {
      return offset + (int) parser.currentLocation().getByteOffset();
    }

    /** Arrays inside it are read as they are, or many in each other would be read many times. */
    private Json.Arr again(int from, int to) {
      try (JsonParser part =
          factory.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
        part.nextToken();
        return new Reading(part, bytes, from, null).array();
      }
    }

    private Json.Arr array() {
      List<Json> items = new ArrayList<>();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        items.add(value(token));
      }
      return new Json.Arr(items);
    }
  }

  /** Writes compactly, without any white space. */
  public static String write(Json json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator =
        CanonicalJson.FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(generator, json);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static void write(JsonGenerator generator, Json json) {
    switch (json) {
      case Json.Text text -> generator.writeString(text.value());
      case Json.Num number -> generator.writeNumber(number.literal());
      case Json.Bool bool -> generator.writeBoolean(bool.value());
      case Json.Null ignored -> generator.writeNull();
      case Json.Arr array -> {
        generator.writeStartArray();
        array.items().forEach(item -> write(generator, item));
        generator.writeEndArray();
      }
      case Json.Obj object -> {
        generator.writeStartObject();
        object
            .fields()
            .forEach((key, value) -> {
              generator.writeName(key);
              write(generator, value);
            });
        generator.writeEndObject();
      }
    }
  }

  private static final class TooManyFields extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyFields() {
      super(null, null, false, false);
    }
  }
}
