package io.levee.engine.query;

import io.levee.event.Frame;
import java.util.List;

/**
 * Receives what can be asked of an event, see {@link EventFields}. Values come as they were
 * written; {@link Values#fold} makes them comparable.
 */
public interface FieldVisitor {
  /** A value of an exact field, or of a number that is also searched by its digits. */
  void exact(String field, String value);

  /** Running text of a text field. It comes to {@link #words} too. */
  void text(String field, String value);

  /** A value of a number field. */
  void number(String field, double value);

  /**
   * A value somewhere in tags, extra, contexts or the user's data.
   *
   * @param path dotted, in lower case, as in {@code extra.order.total}
   */
  void leaf(String path, String value);

  /** Running text anywhere in the event. The same text may come more than once. */
  void words(String value);

  /**
   * The stack of one exception, never empty. Comes to the other methods, frame by frame, unless a
   * visitor has a better way with what so many events share.
   */
  default void frames(List<Frame> frames) {
    EventFields.visitCode(frames, this);
    EventFields.visitVariables(frames, this);
  }
}
