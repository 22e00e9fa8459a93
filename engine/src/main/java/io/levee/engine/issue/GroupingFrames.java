package io.levee.engine.issue;

import io.levee.event.Frame;
import io.levee.event.SharedList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Picks the frames that count and writes each as it counts: where it stands, the function, and on
 * platforms whose names say little the source line. What compilers, proxies and bundlers make up
 * anew for every build is cleaned away.
 */
final class GroupingFrames {
  private static final int SOURCE_LINE_CHARS_MAX = 120;

  /** Where the function's name is often missing or the same, and the client reads the source. */
  private static final Set<String> SOURCE_PLATFORMS =
      Set.of("javascript", "node", "python", "php", "ruby", "bun", "deno");

  private static final List<String> LIBRARY_MODULES =
      List.of(
          "java.",
          "javax.",
          "jakarta.",
          "jdk.",
          "sun.",
          "com.sun.",
          "kotlin.",
          "kotlinx.",
          "scala.",
          "clojure.",
          "groovy.",
          "org.springframework.",
          "org.apache.",
          "org.eclipse.",
          "org.hibernate.",
          "io.netty.",
          "org.junit.",
          "reactor.",
          "com.fasterxml.",
          "System.",
          "Microsoft.");

  private static final List<String> LIBRARY_PATHS =
      List.of("node_modules/", "site-packages/", "dist-packages/", "/vendor/", "/gems/", "node:");

  /** What the frames of a stack were noted to count with. */
  private enum Counting {
    WITH_SOURCE,
    WITHOUT_SOURCE
  }

  private record Counted(List<Contribution> contributions) {}

  private GroupingFrames() {}

  /** The frames that count, in the order of the stack; a repeated one once. */
  static List<Contribution> of(List<Frame> frames, @Nullable String platform) {
    if (frames.isEmpty()) {
      return List.of();
    }
    boolean withSource = platform != null && SOURCE_PLATFORMS.contains(platform);
    Counting counting = withSource ? Counting.WITH_SOURCE : Counting.WITHOUT_SOURCE;
    if (SharedList.noted(frames, counting) instanceof Counted(List<Contribution> counted)) {
      return counted;
    }
    List<Contribution> counted = of(frames, withSource);
    SharedList.note(frames, counting, new Counted(counted));
    return counted;
  }

  private static List<Contribution> of(List<Frame> frames, boolean withSource) {
    boolean clientKnows = clientKnowsApp(frames);
    // Recursion, direct or in circles, must not make a problem of every depth.
    Set<Contribution> app = new LinkedHashSet<>();
    for (Frame frame : frames) {
      if (isApp(frame, clientKnows)) {
        add(app, frame, withSource);
      }
    }
    if (app.isEmpty()) {
      frames.forEach(frame -> add(app, frame, withSource));
    }
    return List.copyOf(app);
  }

  /** Whether the client marked any frame as the application's own. */
  static boolean clientKnowsApp(List<Frame> frames) {
    for (Frame frame : frames) {
      if (frame.isInApp()) {
        return true;
      }
    }
    return false;
  }

  /**
   * What the client said counts; where it said nothing at all, well-known libraries are not app.
   */
  static boolean isApp(Frame frame, boolean clientKnows) {
    if (clientKnows || frame.inApp() != null) {
      return frame.isInApp();
    }
    String module = frame.module();
    if (module != null && LIBRARY_MODULES.stream().anyMatch(module::startsWith)) {
      return false;
    }
    String path = frame.path() != null ? frame.path() : frame.file();
    return path == null || LIBRARY_PATHS.stream().noneMatch(path::contains);
  }

  /** The first in-app frame, or the first of all; null when there is none. */
  static @Nullable Frame top(List<Frame> frames) {
    boolean clientKnows = clientKnowsApp(frames);
    for (Frame frame : frames) {
      if (isApp(frame, clientKnows)) {
        return frame;
      }
    }
    return frames.isEmpty() ? null : frames.getFirst();
  }

  private static void add(Set<Contribution> into, Frame frame, boolean withSource) {
    if (isGenerated(frame)) {
      return;
    }
    String place = place(frame);
    String function = GroupingNames.function(frame.function());
    String line = withSource ? sourceLine(frame) : null;
    if (function == null && line == null && place == null) {
      return;
    }
    StringBuilder words = new StringBuilder(place == null ? "?" : place);
    words.append(' ').append(function == null ? "?" : function);
    if (line != null) {
      words.append(" | ").append(line);
    }
    into.add(new Contribution("frame", words.toString()));
  }

  /** Reflection and proxies: which of their classes stand on the stack depends on the warm-up. */
  private static boolean isGenerated(Frame frame) {
    String module = frame.module();
    return module != null
        && (module.startsWith("jdk.internal.reflect.")
            || module.startsWith("sun.reflect.")
            || module.startsWith("java.lang.reflect.")
            || module.startsWith("java.lang.invoke.")
            || module.contains("$$FastClassBy")
            || module.contains("$Proxy")
            || module.contains("$$Lambda"));
  }

  private static @Nullable String place(Frame frame) {
    String module = frame.module();
    if (module != null && !module.isBlank()) {
      return cleanModule(module);
    }
    String file = frame.file() != null ? frame.file() : frame.path();
    return file == null ? null : GroupingNames.file(file);
  }

  /** A class's name without what generators append to it. */
  static String cleanModule(String module) {
    int anonymous = module.indexOf("@anonymous");
    String kept = anonymous < 0 ? module : module.substring(0, anonymous);
    int generated = kept.indexOf("$$");
    kept = generated > 0 ? kept.substring(0, generated) : kept;
    int end = GroupingNames.withoutDigits(kept);
    // Outer$3: anonymous classes are numbered through the file.
    return end > 0 && end < kept.length() && kept.charAt(end - 1) == '$'
        ? kept.substring(0, end)
        : kept;
  }

  private static @Nullable String sourceLine(Frame frame) {
    String line = frame.contextLine();
    if (line == null || line.isBlank()) {
      return null;
    }
    // What a browser shows is often a bundle: one line for everything, new with every build.
    String path = frame.path() != null ? frame.path() : frame.file();
    if (path != null && path.toLowerCase(Locale.ROOT).startsWith("http")) {
      return null;
    }
    String stripped = line.strip();
    return stripped.length() > SOURCE_LINE_CHARS_MAX ? null : stripped;
  }
}
