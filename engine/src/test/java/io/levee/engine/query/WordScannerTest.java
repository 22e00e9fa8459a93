package io.levee.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordScannerTest {
  /** Wholes in brackets. */
  private static List<String> scan(String text) {
    List<String> words = new ArrayList<>();
    WordScanner scanner = new WordScanner().reset(text);
    while (scanner.next()) {
      words.add(scanner.whole() ? "[" + scanner.word() + "]" : scanner.word());
    }
    return words;
  }

  @Test
  void cutsAtWhatIsNoLetterOrDigit() {
    assertThat(scan("Order #17: FAILED!")).containsExactly("order", "17", "failed");
    assertThat(scan("")).isEmpty();
    assertThat(scan(" -- ... ")).isEmpty();
  }

  @Test
  void givesTiedWordsWholeToo() {
    assertThat(scan("at com.shop.Checkout()"))
        .containsExactly("at", "com", "[com.shop.checkout]", "shop", "checkout");
    assertThat(scan("user_id=4, e-mail a@b.c."))
        .containsExactly(
            "user", "[user_id]", "id", "4", "e", "[e-mail]", "mail", "a", "[a@b.c]", "b", "c");
    assertThat(scan("a--b")).containsExactly("a", "b");
  }

  @Test
  void readsOtherScripts() {
    assertThat(scan("Größe ÜBER Ελλάδα")).containsExactly("größe", "über", "ελλάδα");
    assertThat(scan("支払い失敗x")).containsExactly("支", "払", "い", "失", "敗", "x");
    assertThat(scan("a\ud83d\ude00b \ud800")).containsExactly("a", "b");
  }

  @Test
  void boundsWords() {
    String longWord = "x".repeat(250);

    assertThat(scan(longWord)).containsExactly("x".repeat(WordScanner.WORD_CHARS_MAX));
    assertThat(scan(longWord + ".y")).containsExactly("x".repeat(100), "y");
    assertThat(scan("x".repeat(99) + "\ud801\udc28")).singleElement().asString().hasSize(100);
  }

  @Test
  void neverThrowsAndNeverStops() {
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(300); n > 0; n--) {
        text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(65536)));
      }
      assertThat(scan(text.toString())).as("seed 3").hasSizeLessThanOrEqualTo(600);
    }
  }
}
