package io.levee.console;

import io.levee.engine.query.pipe.PipelineParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The box for questions, and what is wrong with the one in it.
 *
 * @param fault null when it was understood
 * @param hints what the reader of an understood question may want to know
 */
record QuestionBox(String text, String suggestPath, @Nullable Fault fault, List<String> hints) {
  /**
   * What is wrong, and where.
   *
   * @param near the text that is wrong; may be empty
   * @param suggestion what was probably meant; null when there is no guess
   * @param corrected the address of the question with the suggestion in its place; null without
   */
  record Fault(
      String message,
      int line,
      int column,
      String before,
      String near,
      String after,
      @Nullable String suggestion,
      @Nullable String corrected) {}

  private static final int AROUND_CHARS = 120;

  static QuestionBox of(Params params, PipelineParser.Result reading, String suggestPath) {
    String text = params.get("q");
    return switch (reading) {
      case PipelineParser.Read(var pipeline) ->
          new QuestionBox(text, suggestPath, null, pipeline.hints());
      case PipelineParser.Misread wrong ->
          new QuestionBox(text, suggestPath, fault(params, text, wrong), List.of());
    };
  }

  /** One that was understood and refused all the same. */
  QuestionBox refused(String why) {
    return new QuestionBox(
        text, suggestPath, new Fault(why, 0, 0, "", "", "", null, null), List.of());
  }

  private static Fault fault(Params params, String text, PipelineParser.Misread wrong) {
    int at = Math.clamp(wrong.position(), 0, text.length());
    int end = Math.min(text.length(), at + wrong.offending().length());
    String suggestion = wrong.suggestion();
    boolean word = wrong.offending().strip().length() > 1;
    String corrected =
        suggestion == null || !word
            ? null
            : params.with("q", text.substring(0, at) + suggestion + text.substring(end)).href();
    String before = text.substring(Math.max(0, at - AROUND_CHARS), at);
    return new Fault(
        wrong.message(),
        wrong.line(),
        wrong.column(),
        at > AROUND_CHARS ? "… " + before : before,
        text.substring(at, end),
        text.substring(end, Math.min(text.length(), end + AROUND_CHARS)),
        suggestion,
        corrected);
  }
}
