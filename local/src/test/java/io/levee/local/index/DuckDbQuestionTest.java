package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.levee.engine.ask.Answer;
import io.levee.engine.ask.AskLimits;
import io.levee.engine.ask.Asker;
import io.levee.engine.ask.Pulse;
import io.levee.engine.ask.Question;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.math.MathContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Questions that can be said in SQL have the answers of DuckDB over the same events. Where its
 * native library can't be loaded there is nothing to compare with, and the test is aborted.
 */
final class DuckDbQuestionTest {
  private static final long SEED = 7_202_611;
  private static final int QUESTIONS = 150;
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final TimeRange RANGE = new TimeRange(START, START.plus(Duration.ofDays(3)));
  private static final List<String> FIELDS =
      List.of("level", "host", "environment", "release", "logger", "user", "tenant", "region");

  /** A filter in both languages. */
  private record Filter(String levee, String sql) {}

  private static final List<Filter> FILTERS =
      List.of(
          new Filter("*", "1=1"),
          new Filter("ERROR", "level = 'error'"),
          new Filter("host=WEB-1", "host = 'web-1'"),
          new Filter("NOT host=web-2", "(host IS NULL OR host <> 'web-2')"),
          new Filter("duration>40", "duration > 40"),
          new Filter("tags.region=eu-west -FATAL", "region = 'eu-west' AND level <> 'fatal'"),
          new Filter("cart.items>=3", "items >= 3"),
          new Filter(
              "environment=staging OR tenant=tenant-1*",
              "(environment = 'staging' OR tenant LIKE 'tenant-1%')"),
          new Filter(
              "release IN (shop@4.2.1, shop@4.2.2)", "release IN ('shop@4.2.1', 'shop@4.2.2')"),
          new Filter("NOT _exists_:extra.cart.items", "items IS NULL"));

  @TempDir Path directory;

  private final Random random = new Random(SEED);

  private List<Event> events() {
    List<Event> made = new ArrayList<>();
    for (Event event : new EventGenerator(SEED, PROJECT, START).next(200)) {
      int items = random.nextInt(8);
      made.add(
          event.toBuilder()
              .time(START.plusSeconds(random.nextInt(3 * 24 * 3600)))
              .weight(random.nextInt(5) == 0 ? 1 + random.nextInt(50) : 1)
              .host(random.nextInt(10) == 0 ? null : event.host())
              .durationMillis(random.nextInt(4) == 0 ? null : random.nextInt(1000) / 8.0)
              .extra(
                  items > 5
                      ? event.extra()
                      : Json.object("cart", Json.object("items", Json.number(items))))
              .build());
    }
    return made;
  }

  private static @Nullable Connection duck() {
    try {
      return DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException | LinkageError e) {
      return null; // No native library for this machine: said by the assumption.
    }
  }

  private static void fill(Connection duck, List<Event> events) throws SQLException {
    try (Statement make = duck.createStatement()) {
      make.execute(
          "CREATE TABLE events(time TIMESTAMP, level VARCHAR, host VARCHAR, environment VARCHAR,"
              + " release VARCHAR, logger VARCHAR, \"user\" VARCHAR, tenant VARCHAR,"
              + " region VARCHAR, weight BIGINT, duration DOUBLE, items DOUBLE)");
    }
    try (PreparedStatement insert =
        duck.prepareStatement("INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")) {
      for (Event event : events) {
        @Nullable Object[] row = {
          LocalDateTime.ofInstant(event.time(), ZoneOffset.UTC),
          event.level().wireName(),
          event.host(),
          event.environment(),
          event.release(),
          event.logger(),
          event.user().key(),
          event.tags().get("tenant"),
          event.tags().get("region"),
          (long) event.weight(),
          event.durationMillis(),
          event.extra().get("cart") instanceof Json.Obj cart
                  && cart.get("items") instanceof Json.Num items
              ? items.asDouble()
              : null
        };
        for (int i = 0; i < row.length; i++) {
          insert.setObject(i + 1, row[i]);
        }
        insert.execute();
      }
    }
  }

  /** The stages of a question, and its SQL behind SELECT; FROM and WHERE come between. */
  private String[] question() {
    String by = FIELDS.get(random.nextInt(FIELDS.size()));
    String other = FIELDS.get(random.nextInt(FIELDS.size()));
    String column = '"' + by + '"';
    int hour = random.nextInt(24);
    return switch (random.nextInt(7)) {
      case 0 -> of("stats count by " + by, column + ", sum(weight)", column, column);
      case 1 ->
          by.equals(other)
              ? question()
              : of(
                  "stats count by " + by + ", " + other,
                  column + ", \"" + other + "\", sum(weight)",
                  column + ", \"" + other + '"',
                  column,
                  '"' + other + '"');
      case 2 ->
          of(
              "stats sum(duration), avg(duration), min(duration), max(duration), dc(user) by " + by,
              column
                  + ", sum(duration * weight), sum(duration * weight) / sum(CASE WHEN duration IS"
                  + " NULL THEN 0 ELSE weight END), min(duration), max(duration),"
                  + " count(DISTINCT \"user\")",
              column,
              column);
      case 3 ->
          of(
              "timechart span=1h count | where count > 0",
              "epoch(date_trunc('hour', time)), sum(weight)",
              "date_trunc('hour', time)");
      case 4 ->
          of(
              "where date_hour >= " + hour + " | stats count, range(duration) by date_hour",
              "hour(time), sum(weight), max(duration) - min(duration)",
              "hour(time)",
              "CASE WHEN hour(time) >= " + hour + " THEN 1 END");
      case 5 ->
          of(
              "stats count(eval(duration > 60)) as slow, sum(cart.items) as items by " + by,
              column + ", sum(CASE WHEN duration > 60 THEN weight ELSE 0 END), sum(items * weight)",
              column,
              column);
      default -> of("top limit=0 showperc=f " + by, column + ", sum(weight)", column, column);
    };
  }

  private static String[] of(String stages, String select, String groups, String... present) {
    StringBuilder where = new StringBuilder();
    for (String column : present) {
      where.append(" AND ").append(column).append(" IS NOT NULL");
    }
    return new String[] {stages, select, where + " GROUP BY " + groups};
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Number number ->
          new java.math.BigDecimal(number.toString())
              .round(new MathContext(9))
              .stripTrailingZeros()
              .toPlainString();
      default -> value.toString();
    };
  }

  private static List<String> rows(Answer answer) {
    List<String> rows = new ArrayList<>();
    for (List<Value> row : answer.rows()) {
      List<String> cells = new ArrayList<>();
      for (Value value : row) {
        boolean number = value instanceof Value.Num;
        cells.add(number ? cell(value.asNumber()) : value.asText());
      }
      rows.add(String.join("|", cells));
    }
    return rows;
  }

  private static List<String> rows(Connection duck, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(cell(result.getObject(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  @Test
  void answersAsSqlDoes() throws SQLException {
    List<Event> events = events();
    try (Connection duck = duck();
        LuceneEventIndex index =
            new LuceneEventIndex(
                directory, IndexSettings.DEFAULT.withRollups(1 << 20, 1), System::nanoTime)) {
      assumeTrue(duck != null, "DuckDB's native library can't be loaded here");
      fill(duck, events);
      index.start();
      index.apply(Deliveries.from(0, events.stream().map(EventRecord::of).toList()));
      index.flush();
      Clock clock = Clock.fixed(RANGE.to(), ZoneOffset.UTC);
      Asker asker = new Asker(index, clock, System::nanoTime, AskLimits.DEFAULT);
      for (int i = 0; i < QUESTIONS; i++) {
        Filter filter = FILTERS.get(random.nextInt(FILTERS.size()));
        String[] question = question();
        String text = filter.levee() + " | " + question[0];
        String sql = "SELECT " + question[1] + " FROM events WHERE " + filter.sql() + question[2];
        var pipeline = ((PipelineParser.Read) PipelineParser.parse(text)).pipeline();

        Answer answer =
            asker.ask(
                new Question(ProjectScope.of(PROJECT), pipeline, RANGE, ZoneOffset.UTC),
                10_000,
                Pulse.STEADY);

        assertThat(rows(answer))
            .as("seed %d, question %d: %s%n%s", SEED, i, text, sql)
            .containsExactlyInAnyOrderElementsOf(rows(duck, sql));
      }
    }
  }
}
