package io.levee.edge.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.decode.Decoded;
import io.levee.event.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what was decoded with the file that says what is expected: a line of canonical JSON for
 * each event, then a line for each thing that was counted. {@code -Dlevee.expected.write=FOLDER}
 * writes the files instead, into {@code FOLDER}; read the difference before you commit it.
 */
public final class Expected {
  private static final String WRITE = "levee.expected.write";

  private Expected() {}

  public static void assertSame(String name, Decoded decoded) {
    String actual = text(decoded);
    String file = name + ".expected.json";
    try {
      String folder = System.getProperty(WRITE);
      if (folder != null) {
        Files.writeString(Path.of(folder).resolve(file), actual);
      } else {
        Path expected = Golden.resources().resolve("expected").resolve(file);
        assertThat(actual).as(name).isEqualTo(Files.readString(expected));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Decoded decoded) {
    StringBuilder lines = new StringBuilder();
    assertThat(decoded).isInstanceOf(Decoded.Events.class);
    Decoded.Events events = (Decoded.Events) decoded;
    events
        .events()
        .forEach(event ->
            lines
                .append(new String(CanonicalJson.write(event), StandardCharsets.UTF_8))
                .append('\n'));
    events.counted().forEach(counted -> lines.append("# ").append(counted).append('\n'));
    return lines.toString();
  }
}
