package io.levee.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.issue.Contribution;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventGroupingTest {
  private final EventGrouping grouping = new EventGrouping();

  private static EventBuilder event() {
    return Event.builder(new EventId(1, 2), new ProjectId(1)).platform("java");
  }

  private static EventBuilder thrown(Frame... frames) {
    return event().exceptions(List.of(ExceptionInfo.of("E", "x", List.of(frames))));
  }

  private static Frame app(String function, int line) {
    return Frame.of(function, "com.shop.Checkout", "Checkout.java", line, true);
  }

  private static Frame lib(String function) {
    return Frame.of(function, "org.lib.Server", "Server.java", 7, false);
  }

  private Grouped group(EventBuilder event) {
    return grouping.group(event.build(), GroupingRules.NONE, false);
  }

  @Test
  void theApplicationsFramesComeFirstAndAllFramesAreTheSecondVariant() {
    Grouped grouped = group(thrown(app("pay", 1), lib("run")));

    assertThat(grouped.variants()).extracting(Variant::name).containsExactly("app", "all");
    assertThat(grouped.variants().getFirst().contributions())
        .containsExactly(
            new Contribution("type", "E"), new Contribution("frame", "com.shop.Checkout pay"));
    assertThat(grouped.variants().getLast().contributions())
        .contains(new Contribution("frame", "org.lib.Server run"));
    assertThat(grouped.others()).hasSize(1);
  }

  @Test
  void equalVariantsAreOne() {
    assertThat(group(thrown(app("pay", 1))).variants()).hasSize(1);
    assertThat(group(thrown(lib("run"))).variants())
        .extracting(Variant::name)
        .containsExactly("all");
  }

  @Test
  void lineLevelReleaseAndEnvironmentDoNotCount() {
    assertThat(group(thrown(app("pay", 1)).level(Level.FATAL).release("2").environment("x")))
        .extracting(Grouped::primary)
        .isEqualTo(group(thrown(app("pay", 9))).primary());
  }

  @Test
  void versionOneIsTheLastVariantWhileItIsAskedFor() {
    Event event = thrown(app("pay", 1), lib("run")).build();

    Grouped grouped = grouping.group(event, GroupingRules.NONE, true);

    assertThat(grouped.variants().getLast().name()).isEqualTo(Variant.VERSION_1);
    assertThat(grouped.others()).extracting(f -> f.version()).containsExactly(2, 1);
  }

  @Test
  void defaultInTheClientsFingerprintMixesEveryVariantIn() {
    List<String> own = List.of("{{ default }}", "{{ tags.tenant }}");
    EventBuilder one =
        thrown(app("pay", 1), lib("run")).clientFingerprint(own).tags(Map.of("tenant", "a"));

    Grouped grouped = group(one);

    assertThat(grouped.variants())
        .extracting(Variant::name)
        .containsExactly("client, app", "client, all");
    assertThat(grouped.variants().getFirst().contributions())
        .contains(new Contribution("fingerprint", "a"));
    assertThat(group(one.tags(Map.of("tenant", "b"))).primary()).isNotEqualTo(grouped.primary());
  }

  @Test
  void theClientsFingerprintAloneIsOneVariant() {
    Grouped grouped = group(thrown(app("pay", 1), lib("run")).clientFingerprint(List.of("pay")));

    assertThat(grouped.variants()).extracting(Variant::name).containsExactly("client");
  }

  @Test
  void withoutExceptionsTheMessageCounts() {
    assertThat(group(event().message("order 17 of ada@example.org")).variants().getFirst())
        .satisfies(variant -> {
          assertThat(variant.name()).isEqualTo("message");
          assertThat(variant.contributions())
              .containsExactly(new Contribution("message", "order <int> of <email>"));
        });
  }

  @Test
  void aTransactionIsItsName() {
    EventBuilder get = event().kind(Kind.TRANSACTION).title("x").culprit("GET /cart");

    assertThat(group(get).variants()).extracting(Variant::name).containsExactly("transaction");
  }

  @Test
  void saysWhyFramesDoNotCount() {
    Frame accessor =
        Frame.of("invoke", "jdk.internal.reflect.DirectMethodHandleAccessor", null, 1, true);

    Grouped grouped = group(thrown(app("pay", 1), accessor, lib("run")));

    assertThat(grouped.exceptions().getFirst().frames())
        .extracting(FrameReading::passedOver)
        .containsExactly(null, "generated: reflection or proxy", null);
    assertThat(grouped.exceptions().getFirst().frames())
        .extracting(FrameReading::appBecause)
        .containsOnly("the client said so");
  }

  @ParameterizedTest
  @CsvSource({
    "app-3f2a91bc.js, app.js",
    "index-B7kq2LmX.js, index.js",
    "chunk-VYXQZ2WL.js, chunk.js",
    "main.3f2a91bc.chunk.js, main.chunk.js",
    "Checkout.java, checkout.java",
    "two-words.js, two-words.js",
    "version2.js, version2.js",
    "base-HomePage.js, base-homepage.js",
    "jquery-3.7.1.js, jquery-3.7.1.js",
    "0fc2aa11bb22.php, php",
  })
  void hashesAreCutOutOfFileNames(String file, String kept) {
    assertThat(FileNames.base("/srv/" + file)).isEqualTo(kept);
  }

  /** The hash is on people's disks: when this fails, the algorithm needs a new version. */
  @Test
  void versionTwoStaysAsItIs() {
    assertThat(group(thrown(app("pay", 1))).primary())
        .hasToString("2:5c889976bc2fc4b1f9def12ade9df796");
    assertThat(group(event().message("token cus_9fK2aLx8Qz1b of order 17")).primary())
        .hasToString("2:31ea36ee87c99a0bcf8c8c22e86a779a");
  }

  /** Names come from anywhere: nothing in them may throw. */
  @Test
  void noNameThrows() {
    Random random = new Random(7);
    String alphabet = "aB9$_<>.:/\\@#(){}[]|`+- ~?*\0é";
    String[] platforms = {
      "java", "javascript", "node", "python", "ruby", "php", "csharp", "go", "native", "x"
    };
    for (int round = 0; round < 5_000; round++) {
      List<Frame> frames = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        frames.add(
            Frame.of(
                word(random, alphabet), word(random, alphabet), word(random, alphabet), 1, null));
      }
      EventBuilder event =
          event()
              .platform(platforms[round % platforms.length])
              .exceptions(
                  List.of(
                      ExceptionInfo.of(word(random, alphabet), word(random, alphabet), frames)));

      assertThat(group(event).variants()).isNotEmpty();
    }
  }

  private static String word(Random random, String alphabet) {
    String[] known = {
      "_block_invoke",
      "operator",
      "<Pay>b__",
      "{closure",
      "@anonymous",
      "$$",
      "::h",
      "async*",
      "lambda$",
      "+<",
      "closure #1 in ",
      "_erb_",
      ".func1",
      "__TwigTemplate_",
      "%5B"
    };
    StringBuilder word = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      word.append(
          random.nextInt(4) == 0
              ? known[random.nextInt(known.length)]
              : String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
    }
    return word.toString();
  }
}
