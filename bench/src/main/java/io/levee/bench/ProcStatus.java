package io.levee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Reads Linux's {@code /proc/PID/status}. */
final class ProcStatus {
  private static final long BYTES_PER_KB = 1024;

  private ProcStatus() {}

  /** A size as VmHWM or VmRSS; empty when there is no such file or field. */
  static OptionalLong bytes(long pid, String field) {
    Path file = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(file)) {
      return OptionalLong.empty();
    }
    try {
      return bytes(Files.readAllLines(file), field);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OptionalLong bytes(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KB)
        .findFirst();
  }
}
