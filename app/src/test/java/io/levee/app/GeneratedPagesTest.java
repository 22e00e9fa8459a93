package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.query.Fields;
import io.levee.engine.query.aggregate.AggregateFunction;
import io.levee.engine.query.aggregate.Aggregates;
import io.levee.engine.query.eval.Evaluator;
import io.levee.engine.query.eval.Expression;
import io.levee.engine.query.eval.ExpressionReader;
import io.levee.engine.query.eval.Function;
import io.levee.engine.query.eval.Functions;
import io.levee.engine.query.eval.PipeText;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.pipe.Command;
import io.levee.engine.query.pipe.Commands;
import io.levee.engine.query.pipe.Row;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The parts of the manual that are made from the code itself. {@code -Dlevee.docs.write=true}
 * writes them anew; without it they must be as they would be written.
 */
final class GeneratedPagesTest {
  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void settingsAreWhatTheOptionsSay() throws IOException {
    StringBuilder table =
        new StringBuilder("| option | environment | meaning | default |\n|---|---|---|---|\n");
    for (OptionSpec option : Main.commandLine().getCommandSpec().options()) {
      String name = option.longestName();
      if (name.equals("--help") || name.equals("--version")) {
        continue;
      }
      String variable = "LEVEE_" + name.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
      String meaning = String.join(" ", option.description()).replaceAll(" Default: .*$", "");
      String initial = declared(option).replaceAll("^\\$\\{env:LEVEE_[A-Z_]*:-(.*)}$", "$1");
      assertThat(declared(option)).as(name).startsWith("${env:" + variable + ":-");
      table.append(
          "| `"
              + name
              + "` | `"
              + variable
              + "` | "
              + meaning
              + " | "
              + (initial.isEmpty() ? "" : "`" + initial + "`")
              + " |\n");
    }

    assertPage("operate.md", "settings", table.toString());
  }

  /**
   * The default as it stands in the code; picocli itself shows what the environment makes of it.
   */
  private static String declared(OptionSpec option) {
    return ((Field) option.userObject()).getAnnotation(Option.class).defaultValue();
  }

  @Test
  void fieldsAreWhatTheCatalogueSays() throws IOException {
    StringBuilder table =
        new StringBuilder("| field | type | meaning | also called |\n|---|---|---|---|\n");
    for (Fields.Field field : Fields.all()) {
      String aliases =
          field.aliases().isEmpty() ? "" : "`" + String.join("`, `", field.aliases()) + "`";
      table.append(
          "| `"
              + field.name()
              + "` | "
              + field.type().name().toLowerCase(Locale.ROOT)
              + " | "
              + field.meaning()
              + " | "
              + aliases
              + " |\n");
    }

    assertPage("search.md", "fields", table.toString());
  }

  @Test
  void commandsAreWhatTheLanguageReads() throws IOException {
    StringBuilder page = new StringBuilder();
    for (Command command : Commands.all()) {
      page.append("### ").append(command.name()).append("\n\n");
      page.append("`").append(command.syntax()).append("`\n\n").append(command.meaning());
      if (!command.aliases().isEmpty()) {
        page.append(" Also called `").append(String.join("`, `", command.aliases())).append("`.");
      }
      page.append("\n\n```\n").append(String.join("\n", command.examples()));
      page.append("\n```\n\n");
    }

    assertPage("query.md", "commands", page.toString());
  }

  @Test
  void aggregatesAreWhatStatsKnows() throws IOException {
    StringBuilder table = new StringBuilder("| function | meaning |\n|---|---|\n");
    for (AggregateFunction function : Aggregates.all()) {
      table.append("| `").append(function.signature()).append("` | ");
      table.append(function.meaning()).append(" |\n");
    }

    assertPage("query.md", "aggregates", table.toString());
  }

  /** With what each example gives. */
  @Test
  void functionsAreWhatExpressionsCall() throws IOException {
    StringBuilder table =
        new StringBuilder("| function | meaning | example | gives |\n|---|---|---|---|\n");
    Row row = Row.fresh(new Setting(Instant.EPOCH.plusSeconds(1_000_000_000), ZoneOffset.UTC));
    for (Function function : Functions.all()) {
      Expression example = new ExpressionReader(new PipeText(function.example())).read();
      String result = Evaluator.value(example, row).asText().replace("\n", ", ");
      table.append("| `").append(function.signature().replace("|", "\\|")).append("` | ");
      table.append(function.meaning()).append(" | `").append(function.example()).append("` | ");
      table.append(result.isEmpty() ? "nothing" : "`" + result + "`").append(" |\n");
    }

    assertPage("query.md", "functions", table.toString());
  }

  private static void assertPage(String page, String part, String expected) throws IOException {
    Path file = DOCS.resolve(page);
    String text = Files.readString(file);
    String begin = "<!-- " + part + ": made from the code by GeneratedPagesTest -->\n";
    String end = "<!-- end of " + part + " -->";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    assertThat(text).contains(begin, end);
    if (Boolean.getBoolean("levee.docs.write")) {
      Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("docs/" + page + " (write it anew with -Dlevee.docs.write=true)")
        .isEqualTo(expected);
  }
}
