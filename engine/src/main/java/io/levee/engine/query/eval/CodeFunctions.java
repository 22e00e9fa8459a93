package io.levee.engine.query.eval;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Digests and JSON. */
final class CodeFunctions {
  private static final JsonText JSON = new JsonText(JsonLimits.DEFAULT);

  private CodeFunctions() {}

  static List<Function> all() {
    return List.of(
        digest("md5", "MD5"),
        digest("sha1", "SHA-1"),
        digest("sha256", "SHA-256"),
        digest("sha512", "SHA-512"),
        extract("json_extract"),
        extract("spath"),
        new Function(
            "json_object",
            "json_object(key, value, …)",
            "a JSON object as text",
            "json_object(\"a\", 1)",
            2,
            100,
            CodeFunctions::object));
  }

  private static Function digest(String name, String algorithm) {
    return new Function(
        name,
        name + "(text)",
        algorithm + " in hex digits",
        "substr(" + name + "(\"a\"), 1, 8)",
        1,
        1,
        a -> a.anyMissing() ? Value.nothing() : Value.text(hex(algorithm, a.text(0))));
  }

  private static String hex(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is part of every JDK", e);
    }
  }

  private static Function extract(String name) {
    return new Function(
        name,
        name + "(json, path)",
        "what lies at a path such as order.items{0}.name; {} takes all of an array",
        name + "(\"{\\\"a\\\":{\\\"b\\\":7}}\", \"a.b\")",
        2,
        2,
        a -> a.anyMissing() ? Value.nothing() : JsonPath.extract(a.text(0), a.text(1)));
  }

  private static Value object(Arguments a) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (int i = 0; i + 1 < a.size(); i += 2) {
      fields.put(a.text(i), json(a.at(i + 1)));
    }
    return Value.text(JsonText.write(new Json.Obj(fields)));
  }

  private static Json json(Value value) {
    return switch (value) {
      case Value.Nothing ignored -> Json.nothing();
      case Value.Text text -> Json.text(text.value());
      case Value.Num number -> new Json.Num(Value.format(number.value()));
      case Value.Bool bool -> Json.bool(bool.value());
      case Value.Many many -> {
        List<Json> items = new ArrayList<>();
        many.values().forEach(item -> items.add(json(item)));
        yield Json.array(items);
      }
    };
  }

  static JsonText reader() {
    return JSON;
  }
}
