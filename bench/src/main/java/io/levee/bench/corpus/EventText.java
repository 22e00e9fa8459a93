package io.levee.bench.corpus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Events as JSON in Levee's own form, which is what both sides get. Errors have a stack of 12 to 24
 * frames and are about 3 KB, log lines about 420 bytes, transactions about 560. Thread-safe.
 */
public final class EventText {
  private static final int STACKS = 5;
  private static final int FRAMES_MIN = 12;
  private static final int USERS = 50_000;
  private static final int ORDERS = 10_000_000;
  private static final int ROUTES = 200;

  private final Corpus corpus;
  private final List<String> stacks = new ArrayList<>();

  public EventText(Corpus corpus) {
    this.corpus = corpus;
    for (int phrase = 0; phrase < Words.PHRASES.size(); phrase++) {
      for (int stack = 0; stack < STACKS; stack++) {
        stacks.add(frames(phrase, stack));
      }
    }
  }

  /** Appends an event, one line without its end. */
  public void append(StringBuilder text, Facts event) {
    append(text, event, corpus.id(event.number()));
  }

  /** Appends the event that lies beside this one in another project: the same with another id. */
  public void appendNeighbour(StringBuilder text, Facts event) {
    append(text, event, neighbourId(event));
  }

  /** The id of that other event. */
  public String neighbourId(Facts event) {
    return corpus.id(event.number() + corpus.events());
  }

  private void append(StringBuilder text, Facts event, String id) {
    text.append("{\"id\":\"").append(id);
    text.append("\",\"kind\":\"").append(event.kind().word());
    text.append("\",\"time\":\"").append(Instant.ofEpochMilli(event.epochMillis()));
    text.append("\",\"level\":\"").append(event.level().word());
    title(text, event);
    text.append("\",\"message\":\"");
    message(text, event);
    text.append("\",\"logger\":\"").append(Words.LOGGERS.get(event.logger()));
    text.append("\",\"platform\":\"java\",\"host\":\"").append(Words.HOSTS.get(event.host()));
    text.append("\",\"environment\":\"").append(Words.ENVIRONMENTS.get(event.environment()));
    text.append("\",\"release\":\"").append(Words.RELEASES.get(event.release()));
    text.append("\",\"trace_id\":\"").append(corpus.trace(event.number())).append('"');
    switch (event.kind()) {
      case ERROR -> error(text, event);
      case TRANSACTION -> transaction(text, event);
      case LOG -> {}
    }
    text.append(",\"user\":{\"id\":\"user-").append(bits(event.dice(), 30, USERS));
    text.append("\"},\"tags\":{\"customer\":\"");
    text.append(Words.customer(event.customer()));
    text.append("\",\"region\":\"").append(Words.REGIONS.get(event.host() % Words.REGIONS.size()));
    text.append("\"},\"extra\":{\"thread\":\"worker-").append(bits(event.dice(), 40, 32));
    text.append("\",\"bytes\":").append(bits(event.more(), 30, 100_000)).append("}}");
  }

  private static void title(StringBuilder text, Facts event) {
    text.append("\",\"title\":\"");
    switch (event.kind()) {
      case ERROR ->
          text.append(Words.TYPES.get(event.phrase()))
              .append(": ")
              .append(Words.PHRASES.get(event.phrase()));
      case TRANSACTION -> route(text, event);
      case LOG -> message(text, event);
    }
  }

  /** A phrase, an order, a customer, a time that something took; sometimes a rare word. */
  private static void message(StringBuilder text, Facts event) {
    text.append(Words.PHRASES.get(event.phrase()));
    text.append(", order ").append(bits(event.dice(), 3, ORDERS)).append(" of ");
    text.append(Words.customer(event.customer()));
    text.append(" took ").append(event.millis()).append(" ms");
    if (event.rare() != Facts.NONE) {
      text.append(", see ").append(Words.RARE.get(event.rare()));
    } else if (bits(event.more(), 40, 16) == 0) {
      text.append(", by peer reset connection"); // The words of a phrase that isn't there.
    }
  }

  private void error(StringBuilder text, Facts event) {
    text.append(",\"exceptions\":[{\"type\":\"").append(Words.TYPES.get(event.phrase()));
    text.append("\",\"value\":\"").append(Words.PHRASES.get(event.phrase()));
    text.append("\",\"handled\":").append(event.level() != Facts.Severity.FATAL);
    text.append(",\"frames\":");
    text.append(stacks.get(event.phrase() * STACKS + bits(event.dice(), 50, STACKS))).append("}]");
  }

  private static void transaction(StringBuilder text, Facts event) {
    text.append(",\"culprit\":\"");
    route(text, event);
    text.append("\",\"duration_ms\":").append(event.millis());
    text.append(",\"request\":{\"method\":\"GET\",\"url\":\"https://shop.example/r");
    text.append(bits(event.dice(), 33, ROUTES)).append("/orders\",\"status\":");
    text.append(event.millis() > 1_800 ? 503 : 200).append('}');
  }

  private static void route(StringBuilder text, Facts event) {
    text.append("GET /r").append(bits(event.dice(), 33, ROUTES)).append("/orders");
  }

  private static String frames(int phrase, int stack) {
    StringBuilder text = new StringBuilder("[");
    int frames = FRAMES_MIN + (phrase * STACKS + stack) * 7 % 13;
    for (int i = 0; i < frames; i++) {
      boolean ours = i % 3 != 0;
      int place = (phrase * 31 + stack * 17 + i * 5) % 97;
      text.append(i == 0 ? "" : ",").append("{\"function\":\"").append(ours ? "handle" : "invoke");
      text.append(place).append("\",\"module\":\"").append(ours ? "shop.order" : "org.server.http");
      text.append(".Step").append(place).append("\",\"file\":\"Step").append(place);
      text.append(".java\",\"line\":").append(20 + place * 3).append(",\"in_app\":");
      text.append(ours).append('}');
    }
    return text.append(']').toString();
  }

  private static int bits(long dice, int shift, int bound) {
    return (int) Long.remainderUnsigned(dice >>> shift, bound);
  }
}
