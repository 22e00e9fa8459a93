package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.ask.Answer;
import io.levee.engine.ask.Asker;
import io.levee.engine.ask.Plan;
import io.levee.engine.ask.Pulse;
import io.levee.engine.ask.Question;
import io.levee.engine.ask.RowWriter;
import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.question.QuestionStore;
import io.levee.engine.run.BackendException;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * {@code GET /api/v1/query}: answers a question of the pipe language. While it works it sends a
 * blank now and then, which JSON allows, so that it notices when nobody waits any more.
 */
final class QueryEndpoint {
  private static final int ROWS_USUAL = 10_000;
  private static final int ROWS_MAX = 100_000;
  private static final long BEAT_NANOS = 500_000_000L;

  private final Asker asker;
  private final QuestionStore questions;
  private final LongSupplier nanoTime;

  QueryEndpoint(Asker asker, QuestionStore questions, LongSupplier nanoTime) {
    this.asker = asker;
    this.questions = questions;
    this.nanoTime = nanoTime;
  }

  HttpReply answer(HttpCall call, ReadContext read) {
    return switch (PipelineParser.parse(text(read))) {
      case PipelineParser.Misread misread -> misread(misread);
      case PipelineParser.Read(var pipeline) -> {
        ZoneId zone = zone(read.parameters().text("tz"));
        Question question = new Question(read.scope(), pipeline, read.parameters().range(), zone);
        yield answer(question, read.parameters());
      }
    };
  }

  /** The question itself, or that which is kept under a name. */
  private String text(ReadContext read) {
    String name = read.parameters().text("saved");
    if (name.isEmpty()) {
      return read.parameters().text("q");
    }
    return questions
        .find(read.scope(), name)
        .orElseThrow(
            () -> new ApiParameters.Wrong("saved: \"" + name + "\" (expected: a saved question)"))
        .text();
  }

  private HttpReply answer(Question question, ApiParameters parameters) {
    Plan plan = asker.plan(question); // Refuses what asks for too much, before anything is sent.
    int limit = parameters.number("limit", ROWS_USUAL, 1, ROWS_MAX);
    if (parameters.text("explain").equals("true")) {
      Json lines = Json.array(plan.lines().stream().map(Json::text).toList());
      return HttpReply.json(200, ApiReplies.object("plan", lines));
    }
    String wanted = parameters.text("format");
    if (wanted.isEmpty() || wanted.equals("json")) {
      return HttpReply.stream("application/json", out -> json(question, limit, out));
    }
    RowWriter.Format format = RowWriter.Format.parse(wanted);
    if (format == null) {
      throw new ApiParameters.Wrong("format: \"" + wanted + "\" (expected: json, ndjson or csv)");
    }
    return HttpReply.stream(
        format.contentType(), out -> asker.export(question, format.to(out, plan, question.zone())));
  }

  private static HttpReply misread(PipelineParser.Misread wrong) {
    return HttpReply.json(
        400,
        ApiReplies.object(
            "detail",
            wrong.sentence(),
            "message",
            wrong.message(),
            "position",
            wrong.position(),
            "line",
            wrong.line(),
            "column",
            wrong.column(),
            "near",
            wrong.offending(),
            "suggestion",
            wrong.suggestion() == null ? Json.nothing() : Json.text(wrong.suggestion())));
  }

  private static ZoneId zone(String text) {
    try {
      return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new ApiParameters.Wrong(
          "tz: \"" + text + "\" (expected: a zone such as Europe/Berlin or +02:00)");
    }
  }

  /** The status is sent by now, so a failure is said in the answer. */
  private void json(Question question, int limit, OutputStream out) throws IOException {
    Beating beating = new Beating(out, ' ');
    Json.Obj body;
    try {
      Answer answer = asker.ask(question, limit, beating);
      body = AnswerJson.of(answer, question);
    } catch (BackendException | IllegalArgumentException e) {
      body = ApiReplies.object("detail", String.valueOf(e.getMessage()));
    }
    out.write(JsonText.write(body).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  /** Sends a blank every half a second, and stops when it can't. */
  private final class Beating implements Pulse {
    private final OutputStream out;
    private final int blank;
    private long lastNanos = nanoTime.getAsLong();

    Beating(OutputStream out, int blank) {
      this.out = out;
      this.blank = blank;
    }

    @Override
    public boolean beat() {
      long now = nanoTime.getAsLong();
      if (now - lastNanos < BEAT_NANOS) {
        return true;
      }
      lastNanos = now;
      try {
        out.write(blank);
        out.flush();
        return true;
      } catch (IOException e) {
        return false; // Nobody reads any more.
      }
    }
  }
}
