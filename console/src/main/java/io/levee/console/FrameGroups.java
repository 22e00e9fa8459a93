package io.levee.console;

import io.levee.event.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A stack in groups that people can take in: runs of libraries' frames and what a recursion repeats
 * are folded, and so is what is left of very long runs.
 */
final class FrameGroups {
  /** A run of own frames that is longer than this shows only so many at first. */
  static final int OWN_OPEN_MAX = 20;

  /** How many frames are written with their source and variables; the JSON has those of all. */
  private static final int DETAILED_MAX = 60;

  private static final int CYCLE_MAX = 6;
  private static final int ROUNDS_MIN = 3;

  private final List<Frame> frames;
  private final boolean anyInApp;
  private final List<ExceptionView.Group> groups = new ArrayList<>();
  private int detailed;

  private FrameGroups(List<Frame> frames) {
    this.frames = frames;
    this.anyInApp = frames.stream().anyMatch(Frame::isInApp);
  }

  /** In the order of the frames; when none is the application's own, all are shown open. */
  static List<ExceptionView.Group> of(List<Frame> frames) {
    FrameGroups grouping = new FrameGroups(frames);
    grouping.divide();
    return List.copyOf(grouping.groups);
  }

  private void divide() {
    int start = 0;
    int at = 0;
    while (at < frames.size()) {
      int cycle = cycle(at);
      if (cycle > 0) {
        int rounds = rounds(at, cycle);
        runs(start, at + cycle);
        groups.add(ExceptionView.Group.repeated(cycle, rounds - 1));
        at += cycle * rounds;
        start = at;
      } else {
        at++;
      }
    }
    runs(start, frames.size());
  }

  /** The length of the shortest cycle that begins here and comes round often; 0 when none does. */
  private int cycle(int at) {
    for (int length = 1; length <= CYCLE_MAX; length++) {
      if (at + length * ROUNDS_MIN <= frames.size() && rounds(at, length) >= ROUNDS_MIN) {
        return length;
      }
    }
    return 0;
  }

  private int rounds(int at, int length) {
    int end = at + length;
    while (end < frames.size() && same(frames.get(end), frames.get(end - length))) {
      end++;
    }
    return (end - at) / length;
  }

  private static boolean same(Frame one, Frame other) {
    return Objects.equals(one.function(), other.function())
        && Objects.equals(one.module(), other.module())
        && Objects.equals(one.file(), other.file())
        && Objects.equals(one.line(), other.line());
  }

  private void runs(int from, int to) {
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || frames.get(i).isInApp() != frames.get(start).isInApp()) {
        run(frames.subList(start, i));
        start = i;
      }
    }
  }

  private void run(List<Frame> run) {
    if (run.isEmpty()) {
      return;
    }
    boolean inApp = run.getFirst().isInApp();
    boolean open = inApp || !anyInApp || run.size() == 1;
    int shown = open ? Math.min(run.size(), OWN_OPEN_MAX) : run.size();
    groups.add(new ExceptionView.Group(inApp, open, views(run.subList(0, shown)), 0, 0));
    if (shown < run.size()) {
      List<FrameView> rest = views(run.subList(shown, run.size()));
      groups.add(new ExceptionView.Group(inApp, false, rest, 0, 0));
    }
  }

  private List<FrameView> views(List<Frame> run) {
    return run.stream()
        .map(frame -> detailed++ < DETAILED_MAX ? FrameView.of(frame) : FrameView.brief(frame))
        .toList();
  }
}
