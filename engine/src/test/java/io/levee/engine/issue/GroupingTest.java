package io.levee.engine.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingTest {
  private final Grouping grouping = new Grouping();

  private static EventBuilder event() {
    return Event.builder(new EventId(1, 2), new ProjectId(1)).platform("java");
  }

  private Fingerprint of(EventBuilder event) {
    return grouping.group(event.build()).fingerprint();
  }

  private static EventBuilder thrown(String type, @Nullable String value, Frame... frames) {
    return event().exceptions(List.of(ExceptionInfo.of(type, value, List.of(frames))));
  }

  private static Frame app(String function, int line) {
    return Frame.of(function, "com.shop.Checkout", "Checkout.java", line, true);
  }

  private static Frame lib(String function) {
    return Frame.of(function, "org.lib.Server", "Server.java", 7, false);
  }

  private static Frame source(String file, @Nullable String line) {
    return new Frame(
        "pay",
        null,
        file,
        file,
        7,
        1,
        true,
        line,
        List.of(),
        List.of(),
        Json.Obj.EMPTY,
        Json.Obj.EMPTY);
  }

  @Test
  void lineNumbersValuesLevelsAndReleasesDoNotCount() {
    Fingerprint one = of(thrown("E", "order 1", app("pay", 10)).level(Level.ERROR).release("1"));

    assertThat(of(thrown("E", "order 2", app("pay", 99)).level(Level.FATAL).release("2")))
        .isEqualTo(one);
    assertThat(of(thrown("F", "order 1", app("pay", 10)))).isNotEqualTo(one);
    assertThat(of(thrown("E", "order 1", app("refund", 10)))).isNotEqualTo(one);
  }

  @Test
  void onlyInAppFramesCountWhileThereAreAny() {
    Fingerprint one = of(thrown("E", "x", app("pay", 1), lib("handle")));

    assertThat(of(thrown("E", "x", lib("other"), app("pay", 1)))).isEqualTo(one);
    assertThat(of(thrown("E", "x", lib("a")))).isNotEqualTo(of(thrown("E", "x", lib("b"))));
  }

  @Test
  void wellKnownLibrariesAreNotAppWhenTheClientDidNotSay() {
    Frame jdk = Frame.of("get", "java.util.ArrayList", "ArrayList.java", 1, null);
    Frame own = Frame.of("pay", "com.shop.Checkout", "Checkout.java", 1, null);

    assertThat(of(thrown("E", "x", jdk, own))).isEqualTo(of(thrown("E", "x", own)));
  }

  @Test
  void recursionOfAnyDepthIsOneProblem() {
    List<Frame> deep = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      deep.add(app("walk", i));
      deep.add(app("visit", i));
    }

    assertThat(of(thrown("StackOverflowError", null, deep.toArray(Frame[]::new))))
        .isEqualTo(of(thrown("StackOverflowError", null, app("walk", 1), app("visit", 2))));
  }

  @ParameterizedTest
  @CsvSource({
    "com.shop.Cart$$EnhancerBySpringCGLIB$$1a2b3c4d, pay, com.shop.Cart, pay",
    "com.shop.Cart$1, run, com.shop.Cart$2, run",
    "com.shop.Cart, lambda$pay$2, com.shop.Cart, lambda$pay$7",
    "com.shop.Cart, access$000, com.shop.Cart, access$100",
    "App\\Cart@anonymous/srv/a.php, pay, App\\Cart@anonymous/srv/b.php, pay",
    "shop.cart, Object.pay, shop.cart, pay",
    "shop.cart, Cart.pay [as total], shop.cart, Cart.pay",
    "shop.cart, ?, shop.cart, <anonymous>",
  })
  void namesMadeUpByCompilersDoNotCount(
      String module, String function, String otherModule, String otherFunction) {
    Frame one = Frame.of(function, module, null, 1, true);
    Frame other = Frame.of(otherFunction, otherModule, null, 2, true);

    assertThat(of(thrown("E", "x", one))).isEqualTo(of(thrown("E", "x", other)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/assets/app.3f2a91bc.js, https://shop.example/assets/app.99aa00ff.js",
    "https://shop.example/assets/index-B7kq2LmX.js?v=1, https://cdn.example/index-aa8Kd93j.js",
    "/srv/a/Checkout.js, /srv/b/checkout.js",
    "C:\\srv\\checkout.js, /srv/b/checkout.js"
  })
  void whereABundleLiesAndItsHashDoNotCount(String file, String other) {
    assertThat(of(thrown("E", "x", source(file, null)).platform("javascript")))
        .isEqualTo(of(thrown("E", "x", source(other, null)).platform("javascript")));
  }

  @Test
  void reflectionAndProxiesDoNotCount() {
    Frame accessor =
        Frame.of("invoke", "jdk.internal.reflect.DirectMethodHandleAccessor", null, 1, true);
    Frame proxy = Frame.of("pay", "jdk.proxy2.$Proxy55", null, 1, true);

    assertThat(of(thrown("E", "x", app("pay", 1), accessor, proxy)))
        .isEqualTo(of(thrown("E", "x", app("pay", 1))));
  }

  @Test
  void theSourceLineCountsOnlyWherePlatformAndLengthAllowIt() {
    assertThat(of(thrown("E", "x", source("a.js", "pay(1)")).platform("node")))
        .isNotEqualTo(of(thrown("E", "x", source("a.js", "pay(2)")).platform("node")));
    assertThat(of(thrown("E", "x", source("a.java", "pay(1)"))))
        .isEqualTo(of(thrown("E", "x", source("a.java", "pay(2)"))));
    assertThat(of(thrown("E", "x", source("a.js", "1".repeat(121))).platform("node")))
        .isEqualTo(of(thrown("E", "x", source("a.js", "2".repeat(121))).platform("node")));
    assertThat(of(thrown("E", "x", source("http://a/a.js", "pay(1)")).platform("javascript")))
        .isEqualTo(of(thrown("E", "x", source("http://a/a.js", "x()")).platform("javascript")));
  }

  @Test
  void withoutFramesTheParameterisedValueCounts() {
    Fingerprint one = of(thrown("E", "order 1 failed"));

    assertThat(of(thrown("E", "order 2 failed"))).isEqualTo(one);
    assertThat(of(thrown("E", "order 2 lost"))).isNotEqualTo(one);
  }

  @Test
  void causesCountAndRetriesDoNot() {
    ExceptionInfo surfaced = ExceptionInfo.of("E", "x", List.of(app("pay", 1)));
    ExceptionInfo cause = ExceptionInfo.of("IO", "reset", List.of(app("send", 1)));
    Fingerprint one = of(event().exceptions(List.of(surfaced, cause)));

    assertThat(of(event().exceptions(List.of(surfaced, cause, cause, cause)))).isEqualTo(one);
    assertThat(of(event().exceptions(List.of(surfaced)))).isNotEqualTo(one);
  }

  @Test
  void aSyntheticExceptionIsItsFrames() {
    ExceptionInfo one = ExceptionInfo.of(null, "article 1 gone", List.of(app("pay", 1)));
    ExceptionInfo other = ExceptionInfo.of(null, "article 2 gone", List.of(app("pay", 2)));

    assertThat(of(event().exceptions(List.of(one))))
        .isEqualTo(of(event().exceptions(List.of(other))));
  }

  @Test
  void aMessageIsItsTemplateOrItsParameterisedText() {
    EventBuilder one = event().title("t").message("order 17 placed by ada");

    assertThat(of(one)).isEqualTo(of(event().title("u").message("order 18 placed by ada")));
    assertThat(of(one)).isNotEqualTo(of(event().title("t").message("order 18 placed by bob")));
    Json.Obj template = Json.object("message_template", Json.text("order %s placed by %s"));
    assertThat(of(event().title("t").message("order 17 placed by ada").extra(template)))
        .isEqualTo(of(event().title("t").message("order 18 placed by bob").extra(template)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "{}", "{message}", "%s: %d", "", "[{}]"})
  void aTemplateThatSaysNothingDoesNotCount(String template) {
    Json.Obj extra = Json.object("message_template", Json.text(template));

    assertThat(of(event().message("disk is full").extra(extra)))
        .isNotEqualTo(of(event().message("mail is late").extra(extra)))
        .isEqualTo(of(event().message("disk is full")));
  }

  @Test
  void onlyTheFirstTwoLinesOfAMessageCount() {
    assertThat(of(event().message("boom\n\n  at line\nstack A")))
        .isEqualTo(of(event().message("boom\nat line\nstack B")));
  }

  @Test
  void aTransactionIsItsName() {
    EventBuilder get = event().kind(Kind.TRANSACTION).title("x").culprit("GET /cart");

    assertThat(of(get)).isEqualTo(of(get.title("y").durationMillis(3.0)));
    assertThat(of(get)).isNotEqualTo(of(get.culprit("GET /pay")));
  }

  @Test
  void theClientsFingerprintDecides() {
    EventBuilder one = thrown("E", "x", app("pay", 1)).clientFingerprint(List.of("payment"));

    assertThat(of(one))
        .isEqualTo(of(thrown("F", "y", app("z", 1)).clientFingerprint(List.of("payment"))));
    assertThat(of(thrown("E", "x", app("pay", 1)).clientFingerprint(List.of("{{ default }}"))))
        .isEqualTo(of(thrown("E", "x", app("pay", 1))));
  }

  @Test
  void defaultMixesTheContentIn() {
    List<String> own = List.of("{{ default }}", "tenant-1");
    Fingerprint one = of(thrown("E", "x", app("pay", 1)).clientFingerprint(own));

    assertThat(of(thrown("F", "x", app("pay", 1)).clientFingerprint(own))).isNotEqualTo(one);
    assertThat(of(thrown("E", "x", app("pay", 1)))).isNotEqualTo(one);
    assertThat(of(thrown("E", "y", app("pay", 2)).clientFingerprint(own))).isEqualTo(one);
  }

  @Test
  void variablesOfTheClientsFingerprintAreResolved() {
    Event event =
        thrown("E", "boom", app("pay", 1))
            .logger("shop")
            .culprit("GET /pay")
            .tags(Map.of("tenant", "t1"))
            .clientFingerprint(
                List.of(
                    "{{ type }}-{{value}}",
                    "{{ level }}",
                    "{{ logger }}",
                    "{{ transaction }}",
                    "{{ module }}.{{ function }}",
                    "{{ tags.tenant }}",
                    "{{ package }}",
                    "{{ nonsense }}"))
            .build();

    assertThat(grouping.group(event).contributions())
        .extracting(Contribution::value)
        .containsExactly(
            "E-boom",
            "error",
            "shop",
            "GET /pay",
            "com.shop.Checkout.pay",
            "t1",
            "<no-package>",
            "{{ nonsense }}");
  }

  @Test
  void saysWhatCounted() {
    Event event = thrown("E", "x", app("pay", 1), lib("run")).build();

    assertThat(grouping.group(event).contributions())
        .containsExactly(
            new Contribution("type", "E"), new Contribution("frame", "com.shop.Checkout pay"));
  }

  /** The hash is on people's disks: when this fails, the algorithm needs a new version. */
  @Test
  void versionOneStaysAsItIs() {
    assertThat(of(thrown("E", "x", app("pay", 1))))
        .hasToString("1:5c889976bc2fc4b1f9def12ade9df796");
  }

  @Test
  void culpritIsTheTopInAppFunction() {
    assertThat(Culprit.of(thrown("E", "x", lib("run"), app("pay", 1)).build()))
        .isEqualTo("com.shop.Checkout.pay");
    assertThat(Culprit.of(thrown("E", "x", source("/srv/a.js", null)).build()))
        .isEqualTo("/srv/a.js in pay");
    assertThat(Culprit.of(thrown("E", "x", lib("run")).build())).isEqualTo("org.lib.Server.run");
    assertThat(Culprit.of(event().build())).isNull();
  }
}
