package io.levee.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The file that says of a folder which events were loaded into it. */
record LoadNote(Path file) {
  /** What it says; nothing when there is none yet. */
  Properties read() throws IOException {
    Properties note = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        note.load(reader);
      }
    }
    return note;
  }

  void write(Properties note) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      note.store(writer, null);
    }
  }
}
