package io.levee.engine.grouping;

import io.levee.event.Frame;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * C, C++, Rust, Objective-C, Swift: signatures, template arguments, clones that the optimiser made,
 * hashes and addresses. Where a function is known, the image or file that it lies in does not
 * count: whether a client knows it depends on the symbols that were at hand.
 */
final class NativeNames {
  private static final int RUST_HASH_CHARS = 16;

  private NativeNames() {}

  static FrameName of(Frame frame) {
    String function = function(frame.function());
    if (function != null) {
      return FrameName.of(null, function);
    }
    String image = frame.other().text("package");
    String place = image == null ? FrameName.file(frame) : image(image);
    return place == null
        ? FrameName.passedOver("an address without a name")
        : FrameName.of(place, null);
  }

  private static String image(String path) {
    int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    String base = path.substring(slash + 1).toLowerCase(Locale.ROOT);
    int so = base.indexOf(".so");
    return so > 0 ? base.substring(0, so + 3) : base;
  }

  static @Nullable String function(@Nullable String function) {
    String name = FrameName.plain(function);
    if (name == null || name.startsWith("0x") || name.equals("<redacted>")) {
      return null;
    }
    if (name.startsWith("-[") || name.startsWith("+[")) {
      return name;
    }
    int block = name.indexOf("_block_invoke");
    if (block > 0) { // __46-[Cart pay]_block_invoke_2
      int method = Math.max(name.indexOf('-'), name.indexOf('+'));
      return method > 0 && method < block
          ? name.substring(method, block)
          : name.substring(0, block);
    }
    if (name.startsWith("closure #") || name.startsWith("partial apply")) {
      int in = name.lastIndexOf(" in ");
      int of = name.lastIndexOf(" for ");
      int behind = in >= 0 ? in + 4 : of >= 0 ? of + 5 : 0;
      name = name.substring(behind);
    }
    return withoutSignature(withoutClones(name));
  }

  private static String withoutClones(String name) {
    String bare = FrameName.cutAt(name, " [clone");
    bare = FrameName.cutAt(bare, " (.");
    for (String clone :
        new String[] {".constprop.", ".isra.", ".part.", ".cold", ".llvm.", ".lto_priv."}) {
      bare = FrameName.cutAt(bare, clone);
    }
    return bare;
  }

  /** Without arguments, template arguments, return type, Rust's hash. */
  private static String withoutSignature(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    int depth = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (depth == 0 && name.startsWith("(anonymous namespace)", i)) {
        i += "(anonymous namespace)".length() - 1;
      } else if (depth == 0 && name.startsWith("operator", i)) {
        kept.append(name, i, operatorEnd(name, i));
        i = operatorEnd(name, i) - 1;
      } else if (c == '<' || c == '(') {
        depth++;
      } else if (c == '>' || c == ')') {
        depth = Math.max(0, depth - 1);
      } else if (depth == 0) {
        kept.append(c);
      }
    }
    String bare = kept.toString().strip();
    for (String end : new String[] {" const", " noexcept", "::{{closure}}", "::{closure#0}"}) {
      while (bare.endsWith(end)) {
        bare = bare.substring(0, bare.length() - end.length());
      }
    }
    bare = withoutRustHash(bare);
    bare = FrameName.after(bare, ' ');
    bare = bare.replace("::::", "::");
    bare = bare.startsWith("::") ? bare.substring(2) : bare;
    return bare.isEmpty() ? name : bare;
  }

  private static int operatorEnd(String name, int at) {
    int open = name.indexOf('(', at + "operator()".length());
    int plain = name.indexOf('(', at);
    boolean call = name.startsWith("operator()", at);
    int end = call ? open : plain;
    return end < 0 ? name.length() : end;
  }

  private static String withoutRustHash(String name) {
    int hash = name.length() - RUST_HASH_CHARS - "::h".length();
    if (hash <= 0 || !name.startsWith("::h", hash)) {
      return name;
    }
    for (int i = hash + 3; i < name.length(); i++) {
      if (Character.digit(name.charAt(i), 16) < 0) {
        return name;
      }
    }
    String bare = name.substring(0, hash);
    while (bare.endsWith("::{{closure}}")) {
      bare = bare.substring(0, bare.length() - "::{{closure}}".length());
    }
    return bare;
  }
}
