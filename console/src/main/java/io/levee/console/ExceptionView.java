package io.levee.console;

import io.levee.event.ExceptionInfo;
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
   * @param cycle when a recursion repeats the frames before: how many of them; then there are no
   *     frames
   * @param repeats how often it repeats them
   */
  record Group(boolean inApp, boolean open, List<FrameView> frames, int cycle, int repeats) {
    static Group repeated(int cycle, int repeats) {
      return new Group(false, true, List.of(), cycle, repeats);
    }

    boolean isRepeat() {
      return repeats > 0;
    }

    String summary() {
      if (isRepeat()) {
        String what = cycle == 1 ? "The frame above" : "The " + cycle + " frames above";
        return what + (cycle == 1 ? " comes " : " come ") + Figures.exact(repeats) + " times more";
      }
      return inApp
          ? Figures.count(frames.size(), "more frame") + " of the application"
          : Figures.count(frames.size(), "frame") + " of libraries";
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
        FrameGroups.of(exception.frames()),
        exception.frames().size());
  }

  private static String mechanism(ExceptionInfo exception) {
    String type = exception.mechanism().text("type");
    String handled =
        exception.handled() == null ? "" : exception.handled() ? "handled" : "unhandled";
    return type == null ? handled : handled.isEmpty() ? type : handled + " · " + type;
  }
}
