package io.levee.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;

/** The compiled templates. Thread-safe. */
final class Templates {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "io.levee.console");

  /**
   * Renders.
   *
   * @param name of the template, without its extension
   * @param model its one parameter
   */
  byte[] render(String name, Object model) {
    Utf8ByteOutput out = new Utf8ByteOutput();
    engine.render(name + ".jte", model, out);
    return out.toByteArray();
  }

  PageResponse page(String name, Object model) {
    return PageResponse.html(200, render(name, model));
  }
}
