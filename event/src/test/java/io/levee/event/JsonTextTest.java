package io.levee.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
  private final JsonText json = new JsonText(new JsonLimits(64, 1_000, 5, 100));

  private JsonText.Parsed parse(String text) {
    return json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void strictReaderRefusesWhatIsNoNumber() {
    JsonText strict = JsonText.strict(JsonLimits.DEFAULT);
    for (String text : new String[] {"NaN", "[Infinity]", "{\"a\":-Infinity}"}) {
      assertThat(strict.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
          .isInstanceOf(JsonText.Invalid.class);
    }
    assertThat(strict.parse("[1e5,null]".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(JsonText.Value.class);
  }

  @Test
  void keepsWhatItRead() {
    String text = "{\"a\":[1,2.50,-1e5,true,null,\"x\\ny\"],\"b\":{}}";

    assertThat(parse(text))
        .isInstanceOfSatisfying(
            JsonText.Value.class, v -> assertThat(JsonText.write(v.json())).isEqualTo(text));
  }

  @Test
  void pythonsNanBecomesNull() {
    assertThat(parse("[NaN,Infinity,-Infinity]"))
        .isInstanceOfSatisfying(
            JsonText.Value.class,
            v -> assertThat(JsonText.write(v.json())).isEqualTo("[null,null,null]"));
  }

  @Test
  void saysWhereItIsNotJson() {
    assertThat(parse("{\"a\":tru}"))
        .isInstanceOfSatisfying(
            JsonText.Invalid.class, i -> assertThat(i.byteOffset()).isBetween(5L, 9L));
    assertThat(parse("")).isInstanceOf(JsonText.Invalid.class);
    assertThat(parse("{} x")).isInstanceOf(JsonText.Invalid.class);
  }

  @Test
  void doesNotQuoteTheContent() {
    assertThat(parse("{\"password\": hunter2}"))
        .isInstanceOfSatisfying(
            JsonText.Invalid.class, i -> assertThat(i.message()).doesNotContain("hunter2"));
  }

  @Test
  void refusesMoreThanItsLimits() {
    assertThat(parse("[".repeat(65))).isInstanceOf(JsonText.OverLimit.class);
    assertThat(parse("{\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1}"))
        .isInstanceOf(JsonText.OverLimit.class);
    assertThat(parse("\"" + "x".repeat(5_000) + "\"")).isInstanceOf(JsonText.OverLimit.class);
    assertThat(parse("[" + "1,".repeat(1_000) + "1]")).isInstanceOf(JsonText.OverLimit.class);
  }

  @Test
  void garbageNeverThrows() {
    Random random = new Random(42);
    byte[] sample = CanonicalJson.write(Examples.full());
    for (int round = 0; round < 5_000; round++) {
      byte[] garbled = sample.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        garbled[random.nextInt(garbled.length)] = (byte) random.nextInt(256);
      }
      assertThat(new JsonText(JsonLimits.DEFAULT).parse(garbled)).isNotNull();
    }
  }
}
