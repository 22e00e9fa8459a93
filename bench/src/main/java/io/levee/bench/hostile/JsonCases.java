package io.levee.bench.hostile;

import java.util.ArrayList;
import java.util.List;

/**
 * Small texts that are JSON by RFC 8259, and texts that are nearly JSON; after the idea of the
 * JSONTestSuite, the cases are our own.
 */
public final class JsonCases {
  private static final List<String> VALUES =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "10",
          "123456789012345678901234567890",
          "0.5",
          "-0.5",
          "1.25e3",
          "1E3",
          "1e+3",
          "1e-3",
          "0e1",
          "0E-0",
          "2.2250738585072014e-308",
          "1e308",
          "true",
          "false",
          "null",
          "\"\"",
          "\"a\"",
          "\"\\\"\"",
          "\"\\\\\"",
          "\"\\/\"",
          "\"\\b\"",
          "\"\\f\"",
          "\"\\n\"",
          "\"\\r\"",
          "\"\\t\"",
          "\"\\u0041\"",
          "\"\\u00e9\"",
          "\"\\ud83d\\ude00\"",
          "\"\u00e9\"",
          "\"\u20ac\"",
          "\"\ud83d\ude00\"",
          "\"\u007f\"",
          "\"\u2028\"",
          "\"\\u2028\"",
          "\"/\"",
          "[]",
          "{}",
          "[ ]",
          "{ }",
          "[[]]",
          "[{}]",
          "[1]",
          "[1,2]",
          "[ 1 , 2 ]",
          "[null]",
          "[true,false]",
          "[\"a\",1,null]",
          "{\"a\":1}",
          "{ \"a\" : 1 }",
          "{\"a\":1,\"b\":2}",
          "{\"\":0}",
          "{\"a\":{\"b\":{\"c\":[]}}}",
          "{\"a\":[]}",
          "{\"\\u0061\":1}",
          "{\"a b\":1}",
          "\t1",
          "\n[\n]\r\n",
          " \"a\" ");

  private static final List<String> BROKEN =
      List.of(
          "01",
          "-01",
          "+1",
          "-",
          "--1",
          ".5",
          "1.",
          "1.e1",
          "1e",
          "1e+",
          "1E-",
          "0x1",
          "0b1",
          "1_000",
          "1 000",
          "NaN",
          "-NaN",
          "Infinity",
          "-Infinity",
          "inf",
          "True",
          "tru",
          "truee",
          "FALSE",
          "nul",
          "nil",
          "undefined",
          "'a'",
          "\"",
          "\"a",
          "a\"",
          "\"\\x41\"",
          "\"\\a\"",
          "\"\\u\"",
          "\"\\u1\"",
          "\"\\u12g4\"",
          "\"\\'\"",
          "\"\t\"",
          "\"\n\"",
          "\"\u0000\"",
          "\"\u001f\"",
          "\"\\\"",
          "[",
          "]",
          "[1",
          "[1,",
          "[1,]",
          "[,1]",
          "[,]",
          "[1 2]",
          "[1;2]",
          "[1:2]",
          "[1,,2]",
          "[}",
          "[1}",
          "{",
          "}",
          "{]",
          "{\"a\"",
          "{\"a\":",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\":1",
          "{\"a\":1,",
          "{\"a\":1,}",
          "{,\"a\":1}",
          "{a:1}",
          "{'a':1}",
          "{1:1}",
          "{null:1}",
          "{\"a\" 1}",
          "{\"a\"=1}",
          "{\"a\":1 \"b\":2}",
          "{\"a\":1;\"b\":2}",
          "{\"a\":1}}",
          "[]]",
          "1 2",
          "\"a\" \"b\"",
          "[] []x",
          "/* c */ 1",
          "1 // c",
          "# c\n1",
          "<1>",
          "(1)",
          "@",
          "*",
          "`a`",
          "\\u0031",
          "\u00a01",
          "\ufeff1",
          "\u20281");

  private JsonCases() {}

  /** Values that must be taken wherever a value may stand. */
  public static List<String> valid() {
    return within(VALUES);
  }

  /** Texts that must be refused wherever a value may stand. */
  public static List<String> invalid() {
    return within(BROKEN);
  }

  /** Alone, in an array, between other values, in an object. */
  private static List<String> within(List<String> values) {
    List<String> all = new ArrayList<>();
    for (String value : values) {
      all.add(value);
      all.add("[" + value + "]");
      all.add("[0," + value + ",\"z\"]");
      all.add("{\"k\":" + value + "}");
      all.add("{\"j\":[],\"k\":" + value + ",\"l\":{}}");
    }
    return all;
  }
}
