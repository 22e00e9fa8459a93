package io.levee.app;

import io.levee.engine.registry.Project;
import java.io.PrintWriter;

/** What a person needs to know when Levee has started. */
final class Banner {
  private Banner() {}

  static void print(Levee levee, PrintWriter out) {
    Project project = levee.projects().getFirst();
    String dsn = levee.dsn(project);
    String url = levee.publicUrl().toString();
    String key = dsn.substring(dsn.indexOf("//") + 2, dsn.indexOf('@'));
    out.println();
    out.println("  Levee is ready.");
    out.println();
    out.println("  Console   " + url);
    out.println("  DSN       " + dsn);
    out.println("  Data      " + levee.folder().path());
    out.println();
    out.println("  Send an error:");
    out.println();
    out.println("    curl " + url + "/api/v1/events -H 'Authorization: Bearer " + key + "' \\");
    out.println("      -d '{\"title\": \"Hello, Levee\", \"level\": \"error\"}'");
    out.println();
    out.println("  Stop with Ctrl-C; nothing that was accepted is lost.");
    out.println();
    out.flush();
  }
}
