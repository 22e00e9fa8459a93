package io.levee.console;

import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One exception of a chain.
 *
 * @param role Exception for the one that surfaced, Caused by for the others
 * @param groups its stack in runs of own and foreign frames, the most recent call first
 */
record ExceptionView(
    String role, String type, String value, String mechanism, List<Group> groups, int frames) {
  /**
   * Frames next to each other that are all the application's own, or all not.
   *
   * @param open whether it is unfolded at first
   */
  record Group(boolean inApp, boolean open, List<FrameView> frames) {
    String summary() {
      return Figures.count(frames.size(), "frame") + " of libraries";
    }
  }

  static List<ExceptionView> chain(List<ExceptionInfo> exceptions) {
    List<ExceptionView> views = new ArrayList<>();
    for (ExceptionInfo exception : exceptions) {
      views.add(of(exception, views.isEmpty() ? "" : "Caused by"));
    }
    return views;
  }

  private static ExceptionView of(ExceptionInfo exception, String role) {
    return new ExceptionView(
        role,
        Objects.requireNonNullElse(exception.type(), "Stack"),
        Objects.requireNonNullElse(exception.value(), ""),
        mechanism(exception),
        groups(exception.frames()),
        exception.frames().size());
  }

  private static String mechanism(ExceptionInfo exception) {
    String type = exception.mechanism().text("type");
    String handled =
        exception.handled() == null ? "" : exception.handled() ? "handled" : "unhandled";
    return type == null ? handled : handled.isEmpty() ? type : handled + " · " + type;
  }

  /** When no frame is marked as the application's own, all are shown open. */
  private static List<Group> groups(List<Frame> frames) {
    boolean anyInApp = frames.stream().anyMatch(Frame::isInApp);
    List<Group> groups = new ArrayList<>();
    List<FrameView> run = new ArrayList<>();
    for (Frame frame : frames) {
      FrameView view = FrameView.of(frame);
      if (!run.isEmpty() && run.getFirst().inApp() != view.inApp()) {
        groups.add(group(run, anyInApp));
        run = new ArrayList<>();
      }
      run.add(view);
    }
    if (!run.isEmpty()) {
      groups.add(group(run, anyInApp));
    }
    return groups;
  }

  private static Group group(List<FrameView> run, boolean anyInApp) {
    boolean inApp = run.getFirst().inApp();
    return new Group(inApp, inApp || !anyInApp || run.size() == 1, List.copyOf(run));
  }
}
