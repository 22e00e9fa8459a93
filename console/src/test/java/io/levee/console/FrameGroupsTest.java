package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Frame;
import io.levee.event.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FrameGroupsTest {
  private static Frame frame(String function, boolean inApp) {
    Json.Obj none = Json.object(Map.of());
    return new Frame(
        function, "m", "f.py", null, 1, null, inApp, null, List.of(), List.of(), none, none);
  }

  private static List<String> summaries(List<Frame> frames) {
    return FrameGroups.of(frames).stream()
        .map(group ->
            group.isRepeat() || !group.open()
                ? group.summary()
                : String.join(",", group.frames().stream().map(FrameView::function).toList()))
        .toList();
  }

  @Test
  void foldsRunsOfLibraries() {
    assertThat(
            summaries(
                List.of(frame("a", true), frame("x", false), frame("y", false), frame("b", true))))
        .containsExactly("a", "2 frames of libraries", "b");
  }

  @Test
  void showsAllWhenNoneIsOwn() {
    assertThat(summaries(List.of(frame("x", false), frame("y", false)))).containsExactly("x,y");
  }

  @Test
  void foldsWhatARecursionRepeats() {
    List<Frame> frames =
        Stream.concat(
                Stream.of(frame("start", true)),
                IntStream.range(0, 8).mapToObj(i -> frame(i % 2 == 0 ? "ping" : "pong", true)))
            .toList();

    assertThat(summaries(frames))
        .containsExactly("start,ping,pong", "The 2 frames above come 3 times more");
  }

  @Test
  void leavesACallThatComesTwiceAsItIs() {
    assertThat(summaries(List.of(frame("a", true), frame("a", true)))).containsExactly("a,a");
  }

  @Test
  void foldsTheRestOfAVeryLongRun() {
    List<Frame> frames = IntStream.range(0, 25).mapToObj(i -> frame("f" + i, true)).toList();

    assertThat(summaries(frames)).hasSize(2).last().isEqualTo("5 more frames of the application");
  }
}
