package io.levee.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {
  private final EventGrouping grouping = new EventGrouping();

  private static GroupingRules rules(String text) {
    return switch (RuleText.compile(text)) {
      case RuleText.Rules(GroupingRules rules) -> rules;
      case RuleText.Errors(List<RuleError> errors) -> throw new AssertionError(errors);
    };
  }

  private static List<RuleError> errors(String text) {
    return RuleText.compile(text) instanceof RuleText.Errors(List<RuleError> errors)
        ? errors
        : List.of();
  }

  private static EventBuilder event() {
    Frame own = Frame.of("pay", "com.shop.Checkout", "Checkout.java", 7, null);
    Frame library = Frame.of("send", "com.acme.rpc.Client", "/srv/lib/Client.java", 9, null);
    return Event.builder(new EventId(1, 2), new ProjectId(1))
        .platform("java")
        .level(Level.FATAL)
        .logger("shop")
        .message("Connection to db-7 failed")
        .tags(Map.of("region", "eu"))
        .exceptions(
            List.of(
                ExceptionInfo.of("DatabaseUnavailable", "gone", List.of(own, library)),
                ExceptionInfo.of("IOException", "reset", List.of())));
  }

  private boolean matches(String condition) {
    return rules(condition + " -> x").match(event().build()) != null;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error.type:DatabaseUnavailable | true",
        "type:Database* | true",
        "type:database* | false",
        "error.type:IO* error.value:reset | true",
        "error.type:IO* error.value:gone | false",
        "message:\"connection to * failed\" | true",
        "message:\"connection to *\" level:fatal logger:shop | true",
        "level:error | false",
        "!level:error | true",
        "tags.region:eu | true",
        "tags.region:us | false",
        "tags.none:* | false",
        "!tags.none:* | true",
        "stack.module:com.shop.* stack.function:pay | true",
        "stack.module:com.acme.* stack.function:pay | false",
        "module:com.sh?p.[BC]heckout | true",
        "path:**/lib/** | true",
        "path:lib/Client.java | true",
        "path:**/gen/** | false",
        "family:javascript | false",
        "platform:java | true",
      })
  void conditionsHoldOrDoNot(String condition, boolean holds) {
    assertThat(matches(condition)).isEqualTo(holds);
  }

  @Test
  void theFirstRuleThatMatchesGivesFingerprintAndTitle() {
    GroupingRules rules =
        rules(
            """
            # databases
            type:Nothing -> never
            type:Database* -> database-down, {{ tags.region }} title="Database of {{ tags.region }}"
            type:* -> late
            """);

    Grouped grouped = grouping.group(event().build(), rules, false);

    assertThat(grouped.variants()).hasSize(1);
    assertThat(grouped.variants().getFirst().contributions())
        .extracting(c -> c.value())
        .containsExactly("database-down", "eu");
    assertThat(grouped.title()).isEqualTo("Database of eu");
    assertThat(grouped.rule()).startsWith("type:Database*");
  }

  @Test
  void defaultMixesTheStackInAndStaysAsManyVariants() {
    Grouped grouped =
        grouping.group(event().build(), rules("level:fatal -> {{ default }}, bad"), false);

    assertThat(grouped.variants().getFirst().name()).isEqualTo("rule, app");
    assertThat(grouped.primary())
        .isNotEqualTo(grouping.group(event().build(), GroupingRules.NONE, false).primary());
  }

  @Test
  void theLastRuleThatMatchesAFrameSaysWhoseItIs() {
    GroupingRules rules = rules("module:com.* -app\nmodule:com.shop.* +app");

    Grouped grouped = grouping.group(event().build(), rules, false);

    assertThat(grouped.exceptions().getFirst().frames())
        .extracting(FrameReading::app)
        .containsExactly(true, false);
    assertThat(grouped.exceptions().getFirst().frames().getLast().appBecause())
        .isEqualTo("rule in line 1: module:com.* -app");
  }

  @Test
  void rulesForFramesChangeTheFirstVariantAndTheSecondStillAgrees() {
    Grouped before = grouping.group(event().build(), GroupingRules.NONE, false);
    Grouped after = grouping.group(event().build(), rules("module:com.acme.* -app"), false);

    assertThat(after.primary()).isNotEqualTo(before.primary());
    assertThat(after.others()).contains(before.primary());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error.typ:Foo -> x | 1 | unknown field \"error.typ\" (expected: error.type?)",
        "type:Foo stack.modul:a -> x | 10 | unknown field \"stack.modul\" (expected: stack.module?)",
        "type:Foo | 9 | the rule ends (expected: ->, +app or -app)",
        "-> x | 1 | no condition (expected: one before, as in error.type:Foo)",
        "type:Foo -> | 12 | no fingerprint behind -> (expected: words, or {{ default }})",
        "type -> x | 5 | no \":\" behind type (expected: type:value)",
        "type: -> x | 6 | type has no value (expected: type:value)",
        "message:\"open -> x | 9 | the quote is not closed (expected: \")",
        "type:Foo -> {{ default | 13 | the variable is not closed (expected: }})",
        "type:Foo +app | 10 | +app and -app need conditions on frames (expected: stack.module, path …)",
        "module:a +app b | 15 | \"b\" (expected: end of line)",
      })
  void saysWhereAndWhatIsWrong(String text, int column, String message) {
    assertThat(errors("# fine\n" + text)).containsExactly(new RuleError(2, column, message));
  }

  @Test
  void everyLineSaysItsOwnError() {
    assertThat(errors("typ:a -> x\ntype:a -> b\nlevle:x -> y"))
        .extracting(RuleError::line)
        .containsExactly(1, 3);
  }

  @Test
  void refusesTooMany() {
    assertThat(errors("type:a -> b\n".repeat(501))).hasSize(1);
    assertThat(errors("#".repeat(RuleText.CHARS_MAX + 1))).hasSize(1);
    assertThat(rules("type:a -> b\n".repeat(500)).size()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "a*b, aXXb, true",
    "a*b, ab, true",
    "a*b, abc, false",
    "*, '', true",
    "a?c, abc, true",
    "a?c, ac, false",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "a\\*b, a*b, true",
    "a\\*b, aXb, false",
    "**/x/**, /a/x/b, true",
    "[ab, [ab, true",
  })
  void patternsMatch(String pattern, String text, boolean matches) {
    assertThat(new GlobPattern(pattern, true).matches(text)).isEqualTo(matches);
  }

  @Test
  void aPatternOfStarsStaysFast() {
    String pattern = "a*".repeat(30) + "b";

    assertThat(new GlobPattern(pattern, true).matches("a".repeat(5_000))).isFalse();
  }
}
