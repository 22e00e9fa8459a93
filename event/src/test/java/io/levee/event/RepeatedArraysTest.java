package io.levee.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RepeatedArraysTest {
  private static final JsonLimits LIMITS = new JsonLimits(20, 10_000, 100, 10_000);

  private final JsonText plain = new JsonText(LIMITS);
  private final JsonText json = new JsonText(LIMITS, new RepeatedArrays("frames", 100_000));

  @Test
  void readsWhatItWouldReadAnyway() {
    for (String text :
        List.of(
            document(1, frames("a", 20)),
            document(2, frames("ü\\u00e9\\n\\\"]", 20)),
            document(3, "[]"),
            document(4, "[[[],{\"frames\":" + frames("inner", 9) + "}]," + frames("b", 9) + "]"),
            document(5, "{\"frames\":" + frames("c", 30) + "}"),
            "{\"frames\" : \t" + frames("d", 20) + " , \"frames\":" + frames("e", 20) + "}",
            "[" + frames("no object around it", 20) + "]")) {
      for (int time = 0; time < 4; time++) {
        assertThat(json.parse(bytes(text))).as(text).isEqualTo(plain.parse(bytes(text)));
      }
    }
  }

  @Test
  void readsFromThePartThatItIsTold() {
    byte[] text = bytes("xx" + document(1, frames("a", 20)) + "yyy");

    for (int time = 0; time < 4; time++) {
      assertThat(json.parse(text, 2, text.length - 5))
          .isEqualTo(plain.parse(text, 2, text.length - 5))
          .isInstanceOf(JsonText.Value.class);
    }
  }

  @Test
  void givesTheSameListFromTheSecondTimeOn() {
    List<Json> first = read(document(1, frames("a", 20)));
    List<Json> second = read(document(2, frames("a", 20)));
    List<Json> third = read(document(3, frames("a", 20)));

    assertThat(SharedList.is(first)).isFalse();
    assertThat(third).isSameAs(second).isEqualTo(first);
  }

  @Test
  void tellsListsOfTheSameLengthApart() {
    for (int i = 0; i < 3; i++) {
      for (String letter : List.of("a", "b", "c")) {
        assertThat(read(document(i, frames(letter, 20))).toString()).contains(letter + "19");
      }
    }
  }

  @Test
  void holdsArraysToTheSameLimits() {
    for (String text :
        List.of(
            document(1, "[".repeat(19) + "]".repeat(19)),
            document(2, "[\"" + "x".repeat(10_001) + "\"]"),
            document(3, "[{" + manyFields(101) + "}]"),
            document(4, "[" + "1,".repeat(10_000) + "1]"))) {
      for (int time = 0; time < 3; time++) {
        assertThat(json.parse(bytes(text))).isInstanceOf(JsonText.OverLimit.class);
      }
    }
  }

  @Test
  void saysWhereAnArrayIsNotJson() {
    for (String broken : List.of("[1,", "[1 2]", "[\"\\q\"]", "[{\"a\" 1}]", "[}", "[tru]")) {
      String text = document(1, broken + frames("a", 20));

      assertThat(json.parse(bytes(text)))
          .as(text)
          .isEqualTo(plain.parse(bytes(text)))
          .isInstanceOf(JsonText.Invalid.class);
    }
  }

  @Test
  void keepsToItsBytes() {
    RepeatedArrays small = new RepeatedArrays("frames", 8 * 2_000);
    JsonText bounded = new JsonText(LIMITS, small);
    for (int i = 0; i < 100; i++) {
      for (int time = 0; time < 2; time++) {
        bounded.parse(bytes(document(i, frames("stack" + i + "-", 25))));
      }
    }

    assertThat(small.bytes()).isPositive().isLessThanOrEqualTo(8 * 2_000);
  }

  private List<Json> read(String text) {
    return json.parse(bytes(text)) instanceof JsonText.Value(Json.Obj object)
        ? object.object("stack").array("frames")
        : List.of();
  }

  private static String document(int number, String frames) {
    return "{\"id\":" + number + ",\"stack\":{\"frames\":" + frames + "},\"after\":[1,{\"b\":2}]}";
  }

  private static String frames(String name, int count) {
    StringBuilder frames = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      frames.append(i == 0 ? "" : ", ").append("{\"function\":\"").append(name).append(i);
      frames.append("\",\"lineno\":").append(i).append(",\"vars\":{\"x\":[1.50,null,true]}}");
    }
    return frames.append("]").toString();
  }

  private static String manyFields(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append(i == 0 ? "" : ",").append("\"key").append(i).append("\":").append(i);
    }
    return fields.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
