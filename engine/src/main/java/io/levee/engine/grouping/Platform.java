package io.levee.engine.grouping;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The platforms whose names, files and stacks we know something about. */
enum Platform {
  JAVA,
  JAVASCRIPT,
  NODE,
  PYTHON,
  RUBY,
  PHP,
  DOTNET,
  GO,
  NATIVE,
  OTHER;

  /** What a client calls its platform; unknown words are {@link #OTHER}. */
  static Platform of(@Nullable String word) {
    if (word == null) {
      return OTHER;
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "java", "kotlin", "scala", "clojure", "groovy", "android" -> JAVA;
      case "javascript", "browser" -> JAVASCRIPT;
      case "node", "nodejs", "bun", "deno" -> NODE;
      case "python" -> PYTHON;
      case "ruby" -> RUBY;
      case "php" -> PHP;
      case "csharp", "dotnet", "fsharp", "vb" -> DOTNET;
      case "go", "golang" -> GO;
      case "native", "c", "cpp", "rust", "cocoa", "objc", "swift" -> NATIVE;
      default -> OTHER;
    };
  }

  /** Whether its clients send source lines that say more than names. */
  boolean sendsSource() {
    return switch (this) {
      case JAVASCRIPT, NODE, PYTHON, RUBY, PHP -> true;
      case JAVA, DOTNET, GO, NATIVE, OTHER -> false;
    };
  }

  boolean isScript() {
    return this == JAVASCRIPT || this == NODE;
  }
}
