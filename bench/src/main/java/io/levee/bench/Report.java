package io.levee.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result as text: shown line by line as it comes, and kept for a file. Used by one thread. */
final class Report {
  private final PrintWriter out;
  private final StringBuilder text = new StringBuilder();

  Report(PrintWriter out) {
    this.out = out;
  }

  /** A line, as {@link String#format} makes it, with points in numbers everywhere. */
  @SuppressWarnings("AnnotateFormatMethod") // Error Prone's annotations aren't on our class path.
  void line(String format, Object... arguments) {
    raw(String.format(Locale.ROOT, format, arguments) + "\n");
  }

  /** Text as it is, which ends with a newline. */
  void raw(String lines) {
    text.append(lines);
    out.print(lines);
    out.flush();
  }

  /** A headline with an empty line before. */
  void section(String title) {
    line("%n== %s", title);
  }

  /** Writes all of it to a file, its folder created if need be; nothing without a file. */
  void keep(@Nullable Path file) throws IOException {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
