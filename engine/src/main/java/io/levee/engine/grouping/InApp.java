package io.levee.engine.grouping;

import io.levee.event.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application's own frames from those of libraries. In this order: the project's rules;
 * what no client is believed about (packages in a script's {@code node_modules}, browser
 * extensions); what the client said, if it said of any frame that it is the application's;
 * well-known libraries.
 */
final class InApp {
  /** An answer and who gave it. */
  record Answer(boolean app, String because) {}

  private static final Answer CLIENT_APP = new Answer(true, "the client said so");
  private static final Answer CLIENT_LIBRARY = new Answer(false, "the client said so");
  private static final Answer LIBRARY = new Answer(false, "a well-known library");
  private static final Answer UNKNOWN = new Answer(true, "nothing speaks against it");
  private static final Answer PACKAGE = new Answer(false, "a package that was installed");

  private static final String[] JAVA_MODULES = {
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
    "org.jboss.",
    "com.zaxxer.",
    "okhttp3.",
    "retrofit2.",
    "com.google.common.",
    "io.micrometer.",
    "org.postgresql.",
    "ch.qos.logback.",
    "org.slf4j.",
    "android.",
    "androidx.",
    "com.android.",
    "dalvik.",
    "io.undertow.",
    "akka.",
    "io.vertx.",
    "io.quarkus.",
    "org.glassfish.",
    "com.mysql.",
    "io.grpc."
  };
  private static final String[] DOTNET_MODULES = {
    "System.",
    "Microsoft.",
    "Npgsql",
    "Newtonsoft.",
    "Dapper",
    "MySql.",
    "StackExchange.",
    "Serilog."
  };
  private static final String[] GO_MODULES = {
    "runtime",
    "net/",
    "net",
    "reflect",
    "testing",
    "sync",
    "database/",
    "encoding/",
    "io",
    "os",
    "context",
    "syscall",
    "internal/",
    "bufio",
    "golang.org/x/"
  };
  private static final String[] PATHS = {
    "node_modules/",
    "site-packages/",
    "dist-packages/",
    "/vendor/",
    "/gems/",
    "node:",
    "/lib/python",
    "/lib/ruby/",
    "/pkg/mod/",
    "/go/src/runtime/",
    "/usr/local/go/src/",
    "/usr/lib/",
    "/lib/x86_64",
    "/System/Library/",
    "C:\\Windows\\"
  };
  private static final String[] EXTENSIONS = {
    "chrome-extension://", "moz-extension://", "safari-extension://", "safari-web-extension://"
  };
  private static final String[] NATIVE_FUNCTIONS = {
    "std::",
    "core::",
    "alloc::",
    "rust_begin_unwind",
    "__rust_",
    "abort",
    "raise",
    "__GI_",
    "__libc_",
    "_start",
    "pthread_",
    "__pthread_",
    "__cxa_",
    "_objc_",
    "objc_"
  };

  private final Platform platform;
  private final GroupingRules rules;
  private final boolean clientKnows;

  InApp(Platform platform, GroupingRules rules, List<Frame> frames) {
    this.platform = platform;
    this.rules = rules;
    this.clientKnows = anyInApp(frames);
  }

  private static boolean anyInApp(List<Frame> frames) {
    for (Frame frame : frames) {
      if (frame.isInApp()) {
        return true;
      }
    }
    return false;
  }

  Answer of(Frame frame) {
    Answer ruled = rules.inApp(frame, platform);
    if (ruled != null) {
      return ruled;
    }
    if (platform.isScript()) {
      String path = FrameName.path(frame);
      if (path != null && (path.contains("node_modules/") || isOfExtension(path))) {
        return PACKAGE;
      }
    }
    if (clientKnows || frame.inApp() != null) {
      return frame.isInApp() ? CLIENT_APP : CLIENT_LIBRARY;
    }
    return isLibrary(frame) ? LIBRARY : UNKNOWN;
  }

  private static boolean isOfExtension(String path) {
    return path.contains("-extension://") && contains(path, EXTENSIONS);
  }

  private boolean isLibrary(Frame frame) {
    String path = FrameName.path(frame);
    if (path != null && contains(path, PATHS)) {
      return true;
    }
    String image = platform == Platform.NATIVE ? frame.other().text("package") : null;
    if (image != null && contains(image, PATHS)) {
      return true;
    }
    return switch (platform) {
      case JAVA, OTHER -> starts(frame.module(), JAVA_MODULES);
      case DOTNET -> starts(frame.module(), DOTNET_MODULES);
      case GO -> goLibrary(frame.module());
      case NATIVE -> starts(frame.function(), NATIVE_FUNCTIONS);
      case JAVASCRIPT, NODE, PYTHON, RUBY, PHP -> false;
    };
  }

  private static boolean goLibrary(@Nullable String module) {
    if (module == null) {
      return false;
    }
    for (String known : GO_MODULES) {
      if (known.endsWith("/") ? module.startsWith(known) : module.equals(known)) {
        return true;
      }
    }
    return false;
  }

  private static boolean starts(@Nullable String text, String[] prefixes) {
    if (text == null) {
      return false;
    }
    for (String prefix : prefixes) {
      if (text.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(String text, String[] parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
