package io.levee.bench;

import java.time.Duration;
import java.time.Instant;

/**
 * Small errors of very many issues: the first events are of one issue each, the others mostly of a
 * few of them, as in life; the two largest have a tenth of all each. Everything follows from seed
 * and number. Ten environments share the issues evenly.
 */
final class ManyIssues implements BatchLoader.Lines {
  static final int ENVIRONMENTS = 10;

  private static final int LARGEST = 2;
  private static final int LARGEST_SHARE = 10;
  private static final int USERS = 50_000;
  private static final int RELEASES = 20;
  private static final int FRAMES = 3;

  private final int issues;
  private final long seed;
  private final Instant newest;
  private final Duration spread;

  /**
   * @param newest the time of no event is later
   * @param spread how far back the events' times go
   */
  ManyIssues(int issues, long seed, Instant newest, Duration spread) {
    this.issues = issues;
    this.seed = seed;
    this.newest = newest;
    this.spread = spread;
  }

  /** The issue that an event is of, from 0: a third of those that come again are of a hundredth. */
  int issue(long number) {
    if (number < issues) {
      return (int) number;
    }
    long share = number % LARGEST_SHARE;
    if (share < LARGEST) {
      return (int) share;
    }
    double place = (random(number) >>> 11) * 0x1.0p-53;
    return (int) (issues * place * place * place * place);
  }

  private long random(long number) {
    return Envelopes.mix(seed + number * Envelopes.GOLDEN);
  }

  @Override
  public void append(StringBuilder text, long number, String id) {
    long mixed = Envelopes.mix(random(number));
    int issue = issue(number);
    Instant time = newest.minusMillis(Math.floorMod(mixed >>> 7, spread.toMillis()));
    text.append("{\"id\":\"").append(id).append("\",\"time\":\"").append(time);
    text.append("\",\"level\":\"").append(issue % 7 == 0 ? "warning" : "error");
    text.append("\",\"title\":\"").append(type(issue)).append(": no courier for parcel ");
    text.append(mixed >>> 44).append("\",\"environment\":\"env-").append(issue % ENVIRONMENTS);
    text.append("\",\"release\":\"shop@4.").append(Math.floorMod(mixed >>> 3, RELEASES));
    text.append("\",\"client_fingerprint\":[\"issue-").append(issue).append("\"]");
    text.append(",\"exceptions\":[{\"type\":\"").append(type(issue));
    text.append("\",\"value\":\"no courier for parcel ").append(mixed >>> 44);
    text.append("\",\"frames\":[");
    for (int frame = 0; frame < FRAMES; frame++) {
      text.append(frame == 0 ? "" : ",").append("{\"function\":\"step").append(frame);
      text.append("\",\"module\":\"shop.part").append(issue % 500);
      text.append("\",\"line\":").append(10 + frame).append(",\"in_app\":true}");
    }
    text.append("]}],\"tags\":{\"region\":\"r").append(issue % 9);
    text.append("\"},\"user\":{\"id\":\"user-").append(Math.floorMod(mixed >>> 23, USERS));
    text.append("\"}}\n");
  }

  private static String type(int issue) {
    return "Shipping" + issue % 300 + "Exception";
  }
}
