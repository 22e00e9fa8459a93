package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code levee project} against a server that runs; and what the API says of the node. */
final class ITProjectCommand {
  @TempDir private Path data;

  private String url = "";
  private String key = "";

  private record Said(int code, String out, String err) {}

  private Said project(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    CommandLine command = Objects.requireNonNull(line.getSubcommands().get("project"));
    for (CommandLine each : command.getSubcommands().values()) {
      each.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }
    List<String> all = new ArrayList<>(List.of("project"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", url, "--key", key));
    return new Said(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
  }

  @Test
  void projectsAreAdministeredFromTheCommandLine() {
    try (RunningTestLevee levee = new RunningTestLevee(Config.on(data))) {
      url = levee.url();
      key = levee.commandKey();
      Said added = project("add", "ledgers", "The Ledgers", "--retention-days", "7");
      assertThat(added.code()).as(added.err()).isZero();
      assertThat(added.out()).contains("ledgers", "7d", "The Ledgers", "@127.0.0.1:");
      assertThat(project("add", "ledgers").code()).isEqualTo(1);
      assertThat(project("list").out()).contains("The Ledgers");

      Said newKey = project("add-key", "ledgers", "--allow", "read,ingest");
      assertThat(newKey.out()).contains("ingest").contains("read");
      String digits = newKey.out().substring(0, 8);
      assertThat(project("keys", "ledgers").out()).contains(digits);

      assertThat(project("limits", "ledgers", "events_per_hour=1000").out())
          .containsPattern("events_per_hour +1000\\n");
      assertThat(project("limits", "ledgers", "--of-key", digits, "requests_at_once=2").out())
          .containsPattern("requests_at_once +2\\n");
      assertThat(project("limits", "ledgers").out())
          .containsPattern("events_per_hour +1000\\n")
          .containsPattern("requests_at_once +2000 +\\(default\\)");
      assertThat(project("limits", "ledgers", "events_per_hour=").out())
          .containsPattern("events_per_hour +100000000 +\\(default\\)");
      assertThat(project("limits", "ledgers", "events=1").err()).contains("limit: \"events\"");
      assertThat(project("limits", "ledgers", "events_per_hour=many").code()).isEqualTo(2);

      assertThat(project("sampling", "ledgers").out()).contains("100  (default)");
      assertThat(project("sampling", "ledgers", "2500").out())
          .isEqualTo("errors_per_minute 2500\n");
      assertThat(project("sampling", "ledgers", "default").out()).contains("(default)");
      assertThat(project("sampling", "ledgers", "often").code()).isEqualTo(2);

      assertThat(project("limits", "nobody").err()).startsWith("404 ");
      assertThat(levee.json("/api/v1/pipeline").object("head_room").object("drain").text("state"))
          .isIn("unknown", "in");
    }
    assertThat(project("list").err()).isNotEmpty();
  }
}
