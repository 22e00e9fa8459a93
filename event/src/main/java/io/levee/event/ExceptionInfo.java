package io.levee.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exception of a chain.
 *
 * @param type its class, as in {@code java.lang.IllegalStateException} or {@code TypeError}; null
 *     for the synthetic exception that carries the stack of a plain message
 * @param value its message
 * @param module package or module of the type, when the client sends it apart
 * @param handled whether the application caught it; null when unknown
 * @param mechanism how it was noticed, as the client said it (type, exception_id, parent_id …)
 * @param frames its stack, the most recent call first
 * @param other what the client sent beyond these
 */
public record ExceptionInfo(
    @Nullable String type,
    @Nullable String value,
    @Nullable String module,
    @Nullable Boolean handled,
    Json.Obj mechanism,
    List<Frame> frames,
    Json.Obj other) {
  public ExceptionInfo {
    frames = SharedList.copyOf(frames);
  }

  /** An exception of which only type, message and stack are known. */
  public static ExceptionInfo of(
      @Nullable String type, @Nullable String value, List<Frame> frames) {
    return new ExceptionInfo(type, value, null, null, Json.Obj.EMPTY, frames, Json.Obj.EMPTY);
  }
}
