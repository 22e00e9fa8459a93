package io.levee.bench.hostile;

/**
 * A body that means harm.
 *
 * @param name says what it is, in a few words
 * @param coding its Content-Encoding; empty for none
 * @param body not changed after it was given away
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes, made once and only read.
public record Attack(String name, String coding, byte[] body) {
  @Override
  public String toString() {
    return name + (coding.isEmpty() ? "" : " (" + coding + ")") + ", " + body.length + " bytes";
  }
}
