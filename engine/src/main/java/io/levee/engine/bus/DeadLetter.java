package io.levee.engine.bus;

import io.levee.event.EventRecord;
import java.time.Instant;

/**
 * An event that a group could not deal with.
 *
 * @param id number of the letter; never given again
 * @param record as it came from the bus
 * @param failure why it is here
 */
public record DeadLetter(
    long id, String group, int partition, long offset, EventRecord record, Failure failure) {
  /**
   * Why a group could not deal with an event.
   *
   * @param attempts how often it was tried
   * @param cause the last failure, type and message
   * @param stack where the last failure happened, a frame a line; may be empty
   * @param time of the last attempt
   */
  public record Failure(int attempts, String cause, String stack, Instant time) {
    private static final int STACK_CHARS_MAX = 8_000;
    private static final int CAUSES_MAX = 5;

    /** Of something that was thrown. */
    public static Failure of(Throwable thrown, int attempts, Instant time) {
      return new Failure(attempts, describe(thrown), stack(thrown), time);
    }

    private static String describe(Throwable thrown) {
      String message = thrown.getMessage();
      return thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static String stack(Throwable thrown) {
      StringBuilder text = new StringBuilder();
      Throwable cause = thrown;
      for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
        text.append(i == 0 ? "" : "Caused by: ").append(describe(cause)).append('\n');
        for (StackTraceElement frame : cause.getStackTrace()) {
          if (text.length() > STACK_CHARS_MAX) {
            return text.append("\t…\n").toString();
          }
          text.append("\tat ").append(frame).append('\n');
        }
        cause = cause.getCause();
      }
      return text.toString();
    }
  }

  /** As the bus delivered it. */
  public Delivery delivery() {
    return new Delivery(partition, offset, record);
  }
}
