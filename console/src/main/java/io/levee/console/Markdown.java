package io.levee.console;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown of people as HTML that is safe on our pages: HTML in it is shown as text, links lead to
 * http, https and mail only, and pictures become links, so that a comment loads nothing. Pure.
 */
final class Markdown {
  private static final Parser PARSER = Parser.builder().build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .escapeHtml(true)
          .sanitizeUrls(true)
          .softbreak("<br>\n")
          .attributeProviderFactory(context ->
              (node, tag, attributes) -> {
                if (node instanceof Link) {
                  attributes.put("rel", "nofollow noopener noreferrer");
                }
              })
          .build();

  private Markdown() {}

  /** The HTML of a text. */
  static String html(String text) {
    try {
      Node document = PARSER.parse(text);
      document.accept(new PicturesAsLinks());
      return RENDERER.render(document);
    } catch (StackOverflowError e) {
      // Thousands of quotes within quotes: no text that people write, and nothing to repair.
      return "<p>" + escaped(text) + "</p>";
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static final class PicturesAsLinks extends AbstractVisitor {
    @Override
    public void visit(Image image) {
      Link link = new Link(image.getDestination(), image.getTitle());
      List<Node> children = new ArrayList<>();
      for (Node child = image.getFirstChild(); child != null; child = child.getNext()) {
        children.add(child);
      }
      children.forEach(link::appendChild);
      image.insertAfter(link);
      image.unlink();
      visitChildren(link);
    }
  }
}
