package io.levee.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QueryParserTest {
  private static final String ALPHABET =
      "ab:=<>!()[]{}\"\\/*?~^|&+- ,.AND OR NOT TO IN level status\u00e4\ud83d\ude00\u0000\t";

  private static Query parsed(String text) {
    return switch (QueryParser.parse(text)) {
      case QueryParser.Parsed(Query query, List<String> ignored) -> query;
      case QueryParser.SyntaxError error -> throw new AssertionError(text + ": " + error);
    };
  }

  private static QueryParser.SyntaxError refused(String text) {
    return switch (QueryParser.parse(text)) {
      case QueryParser.Parsed parsed -> throw new AssertionError(text + ": " + parsed);
      case QueryParser.SyntaxError error -> error;
    };
  }

  private static Query word(String word) {
    return new Query.Term(null, word);
  }

  private static Query term(String field, String value) {
    return new Query.Term(field, value);
  }

  private static Query and(Query... parts) {
    return new Query.And(List.of(parts));
  }

  private static Query or(Query... parts) {
    return new Query.Or(List.of(parts));
  }

  private static Query not(Query part) {
    return new Query.Not(part);
  }

  @Test
  void asksForEverythingWhenEmpty() {
    for (String text : List.of("", "  \t ", "*", "*:*", "( )", "--", "* *")) {
      assertThat(parsed(text)).as(text).isEqualTo(new Query.All());
    }
  }

  @Test
  void joinsWordsByAnd() {
    Query both = and(word("checkout"), word("failed"));

    assertThat(parsed("checkout failed")).isEqualTo(both);
    assertThat(parsed("checkout AND failed")).isEqualTo(both);
    assertThat(parsed("checkout && failed")).isEqualTo(both);
    assertThat(parsed("+checkout +failed")).isEqualTo(both);
  }

  @Test
  void bindsNotBeforeOrBeforeAnd() {
    assertThat(parsed("a OR b c")).isEqualTo(and(or(word("a"), word("b")), word("c")));
    assertThat(parsed("a AND b || c")).isEqualTo(and(word("a"), or(word("b"), word("c"))));
    assertThat(parsed("NOT a OR b")).isEqualTo(or(not(word("a")), word("b")));
    assertThat(parsed("(a b) OR c")).isEqualTo(or(and(word("a"), word("b")), word("c")));
    assertThat(parsed("-a !b")).isEqualTo(and(not(word("a")), not(word("b"))));
    assertThat(parsed("NOT NOT a")).isEqualTo(word("a"));
  }

  @Test
  void takesOperatorsInLowerCaseAsWords() {
    assertThat(parsed("this or that")).isEqualTo(and(word("this"), word("or"), word("that")));
    assertThat(parsed("ORDER NOTHING")).isEqualTo(and(word("ORDER"), word("NOTHING")));
  }

  @Test
  void readsPhrases() {
    assertThat(parsed("\"order 17 failed\"~2^3"))
        .isEqualTo(new Query.Phrase(null, "order 17 failed"));
    assertThat(parsed("title:\"say \\\"no\\\"\""))
        .isEqualTo(new Query.Phrase("title", "say \"no\""));
    assertThat(parsed("host:\"web 1\"")).isEqualTo(term("host", "web 1"));
  }

  @Test
  void readsFieldsInEitherDialect() {
    for (String text : List.of("level:error", "level=error", "severity=Error", "LEVEL: err")) {
      assertThat(parsed(text)).as(text).isEqualTo(term("level", "error"));
    }
    assertThat(parsed("host!=web-1"))
        .isEqualTo(and(new Query.Exists("host"), not(term("host", "web-1"))));
    assertThat(parsed("hostname:web-1")).isEqualTo(term("host", "web-1"));
    assertThat(parsed("user.username:ann")).isEqualTo(term("user.name", "ann"));
    assertThat(parsed("Tenant:acme")).isEqualTo(term("tenant", "acme"));
    assertThat(parsed("_raw:timeout")).isEqualTo(word("timeout"));
    assertThat(parsed("id:6b1c9f44-52d6-4a0e-9d4e-0f1a2b3c4d5e"))
        .isEqualTo(term("id", "6b1c9f4452d64a0e9d4e0f1a2b3c4d5e"));
  }

  @Test
  void sharesFieldWithGroup() {
    assertThat(parsed("title:(a OR \"b c\") d"))
        .isEqualTo(and(or(term("title", "a"), new Query.Phrase("title", "b c")), word("d")));
    assertThat(parsed("level IN (error, fatal)"))
        .isEqualTo(or(term("level", "error"), term("level", "fatal")));
    assertThat(parsed("NOT host IN (\"a b\" c)"))
        .isEqualTo(not(or(term("host", "a b"), term("host", "c"))));
  }

  @Test
  void readsRanges() {
    assertThat(parsed("status:[500 TO 599}"))
        .isEqualTo(new Query.Range("status", "500", true, "599", false));
    assertThat(parsed("statusCode:{* TO 400]"))
        .isEqualTo(new Query.Range("status", null, false, "400", true));
    for (String text : List.of("status:>=500", "status>=500", "status >= 500")) {
      assertThat(parsed(text))
          .as(text)
          .isEqualTo(new Query.Range("status", "500", true, null, false));
    }
    assertThat(parsed("duration>2s"))
        .isEqualTo(new Query.Range("duration", "2000.0", false, null, false));
    assertThat(parsed("time:[2026-11-21 TO \"2026-11-22 10:00\"]"))
        .isEqualTo(new Query.Range("time", "2026-11-21", true, "2026-11-22 10:00", true));
    assertThat(parsed("x:[* TO *]")).isEqualTo(new Query.Exists("x"));
  }

  @Test
  void comparesLevelsBySeverity() {
    assertThat(parsed("level>=error"))
        .isEqualTo(or(term("level", "error"), term("level", "fatal")));
    assertThat(parsed("level<debug")).isEqualTo(term("level", "trace"));
    assertThat(parsed("level:[warn TO fatal}"))
        .isEqualTo(or(term("level", "warning"), term("level", "error")));
  }

  @Test
  void takesLevelsInCapitals() {
    assertThat(parsed("ERROR checkout")).isEqualTo(and(term("level", "error"), word("checkout")));
    assertThat(parsed("WARN")).isEqualTo(term("level", "warning"));
    assertThat(parsed("error")).isEqualTo(word("error"));
    assertThat(parsed("\"ERROR\"")).isEqualTo(new Query.Phrase(null, "ERROR"));
  }

  @Test
  void readsPatterns() {
    assertThat(parsed("check*")).isEqualTo(new Query.Wildcard(null, "check*"));
    assertThat(parsed("release:shop@4.?")).isEqualTo(new Query.Wildcard("release", "shop@4.?"));
    assertThat(parsed("url:*\\*x")).isEqualTo(new Query.Wildcard("url", "*\\*x"));
    assertThat(parsed("what\\?")).isEqualTo(word("what?"));
    assertThat(parsed("/time.*out/")).isEqualTo(new Query.Regex(null, "time.*out"));
    assertThat(parsed("url:/\\/api\\/v[12]\\/.*/"))
        .isEqualTo(new Query.Regex("url", "/api/v[12]/.*"));
    assertThat(parsed("/api/orders")).isEqualTo(word("/api/orders"));
    assertThat(parsed("shop/check*"))
        .isEqualTo(and(word("shop"), new Query.Wildcard(null, "check*")));
  }

  @Test
  void readsExistence() {
    assertThat(parsed("_exists_:release")).isEqualTo(new Query.Exists("release"));
    assertThat(parsed("release:*")).isEqualTo(new Query.Exists("release"));
    assertThat(parsed("-_exists_:tags.x")).isEqualTo(not(new Query.Exists("tags.x")));
  }

  @Test
  void takesPastedTextForText() {
    assertThat(parsed("TypeError: x is undefined"))
        .isEqualTo(and(word("TypeError:"), word("x"), word("is"), word("undefined")));
    assertThat(parsed("https://shop.example/pay?id=3")).isInstanceOf(Query.class);
    assertThat(parsed("a::b")).isEqualTo(word("a::b"));
    assertThat(parsed("12:30:45")).isEqualTo(word("12:30:45"));
  }

  @Test
  void ignoresFuzzinessAndBoosts() {
    assertThat(parsed("roam~0.8 title:jakarta^4"))
        .isEqualTo(and(word("roam"), term("title", "jakarta")));
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(refused("a (b").position()).isEqualTo(2);
    assertThat(refused("a) b").position()).isEqualTo(1);
    assertThat(refused("say \"no").position()).isEqualTo(4);
    assertThat(refused("a OR").message()).startsWith("OR needs");
    assertThat(refused("AND a").message()).startsWith("AND needs");
    assertThat(refused("a | stats count").message()).startsWith("commands behind |");
    assertThat(refused("status:[1 599]").message()).contains("TO");
    assertThat(refused("status:many").message()).contains("expected: a number");
    assertThat(refused("time:yesterday").message()).contains("expected: a time");
    assertThat(refused("x:/[/").message()).startsWith("regular expression");
    assertThat(refused("earliest=-24h").message()).contains("beside the query");
  }

  @Test
  void suggestsTheNearestWord() {
    assertThat(refused("level:eror").suggestion()).isEqualTo("error");
    assertThat(refused("kind:transction").suggestion()).isEqualTo("transaction");
    assertThat(QueryParser.parse("enviroment:x"))
        .isInstanceOfSatisfying(
            QueryParser.Parsed.class,
            parsed ->
                assertThat(parsed.hints())
                    .singleElement()
                    .asString()
                    .contains("did you mean environment?"));
  }

  @Test
  void keepsItsLimits() {
    assertThat(refused("x".repeat(QueryParser.TEXT_CHARS_MAX + 1)).message()).contains("4096");
    assertThat(refused("(".repeat(51) + "a" + ")".repeat(51)).message()).contains("deeper than 50");
    assertThat(refused("NOT ".repeat(60) + "a").message()).contains("deeper");
    assertThat(refused("a ".repeat(1001)).message()).contains("more than 1000");
    assertThat(parsed("(".repeat(50) + "a" + ")".repeat(50))).isEqualTo(word("a"));
  }

  @Test
  void neverThrowsWhateverTheText() {
    Random random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        int at = random.nextInt(ALPHABET.length());
        text.append(ALPHABET, at, Math.min(ALPHABET.length(), at + 1 + random.nextInt(4)));
      }

      QueryParser.Result result = QueryParser.parse(text.toString());

      switch (result) {
        case QueryParser.Parsed(Query query, List<String> ignored) ->
            assertThat(new QueryMatcher(query)).as("seed 17: %s", text).isNotNull();
        case QueryParser.SyntaxError error ->
            assertThat(error.position()).as("seed 17: %s", text).isBetween(0, text.length());
      }
    }
  }
}
