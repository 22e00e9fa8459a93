package io.levee.engine.grouping;

import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Ruby: {@code block (2 levels) in pay}, from 3.4 on {@code Cart#pay}, and methods that templates
 * become, {@code _app_views_cart_show_html_erb___4021_70240}.
 */
final class RubyNames {
  private RubyNames() {}

  static FrameName of(Frame frame) {
    String path = FrameName.path(frame);
    if (path != null && path.startsWith("<internal:")) {
      return FrameName.passedOver("the interpreter's own code");
    }
    return FrameName.of(FrameName.file(frame), function(frame.function()));
  }

  private static @Nullable String function(@Nullable String function) {
    String name = FrameName.plain(function);
    if (name == null) {
      return null;
    }
    if (name.indexOf(' ') >= 0) {
      int in = name.lastIndexOf(" in ");
      name = in >= 0 ? name.substring(in + " in ".length()) : name;
    }
    name = FrameName.after(name, '#');
    if (!name.startsWith("<")) {
      name = FrameName.after(name, '.');
    }
    return name.indexOf('_') >= 0 ? withoutTemplate(name) : name;
  }

  private static String withoutTemplate(String name) {
    int template = Math.max(name.indexOf("_erb_"), name.indexOf("_haml_"));
    template = Math.max(template, name.indexOf("_slim_"));
    return template > 0 ? name.substring(0, name.indexOf('_', template + 1)) : name;
  }
}
