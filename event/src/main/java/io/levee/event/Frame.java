package io.levee.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a stack trace.
 *
 * @param function name of the function or method
 * @param module class, package or module that the function stands in
 * @param file short file name
 * @param path the file's full path or URL
 * @param line line number, from 1
 * @param column column number, from 1
 * @param inApp whether it is the application's own code; null when the client did not say
 * @param contextLine the source line that was running
 * @param preContext source lines before it
 * @param postContext source lines after it
 * @param vars local variables
 * @param other what the client sent beyond these
 */
public record Frame(
    @Nullable String function,
    @Nullable String module,
    @Nullable String file,
    @Nullable String path,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable Boolean inApp,
    @Nullable String contextLine,
    List<String> preContext,
    List<String> postContext,
    Json.Obj vars,
    Json.Obj other) {
  public Frame {
    preContext = List.copyOf(preContext);
    postContext = List.copyOf(postContext);
  }

  /** A frame of which only the usual four things are known. */
  public static Frame of(
      @Nullable String function,
      @Nullable String module,
      @Nullable String file,
      @Nullable Integer line,
      @Nullable Boolean inApp) {
    return new Frame(
        function,
        module,
        file,
        null,
        line,
        null,
        inApp,
        null,
        List.of(),
        List.of(),
        Json.Obj.EMPTY,
        Json.Obj.EMPTY);
  }

  /** Whether the client called this frame the application's own; not saying counts as no. */
  public boolean isInApp() {
    return Boolean.TRUE.equals(inApp);
  }
}
