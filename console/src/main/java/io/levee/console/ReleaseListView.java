package io.levee.console;

import java.util.List;

/** What the list of releases shows, the latest first. */
record ReleaseListView(Shell shell, String path, List<ReleaseRow> rows) {
  String link(String name) {
    return Params.of(path + "/one").with("name", name).href();
  }
}
