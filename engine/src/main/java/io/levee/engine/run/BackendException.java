package io.levee.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * A store, bus or other backend could not do what was asked. Thrown by ports; handled once, in the
 * subscriber loop or the request handler.
 */
public abstract sealed class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private BackendException(
      String backend, String operation, String detail, @Nullable Throwable cause) {
    super(backend + " " + operation + ": " + detail, cause);
  }

  /** The backend does not answer or refuses for now; the same call may succeed later. */
  public static final class Unavailable extends BackendException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String backend, String operation, String detail, @Nullable Throwable cause) {
      super(backend, operation, detail, cause);
    }
  }

  /** The backend works but has no room now; come back a little later. */
  public static final class OverCapacity extends BackendException {
    private static final long serialVersionUID = 1L;

    public OverCapacity(String backend, String operation, String detail) {
      super(backend, operation, detail, null);
    }
  }

  /** What the backend holds is damaged; repeating will not help. */
  public static final class Corrupt extends BackendException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String backend, String operation, String detail, @Nullable Throwable cause) {
      super(backend, operation, detail, cause);
    }
  }
}
