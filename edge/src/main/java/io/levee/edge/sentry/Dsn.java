package io.levee.edge.sentry;

import io.levee.event.ProjectId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client's address for one project: {@code https://KEY@host/PROJECT}, with an optional secret
 * behind the key and an optional path before the project.
 */
record Dsn(String key, ProjectId project) {
  /** Reads a DSN; null when it is none. */
  static @Nullable Dsn parse(String text) {
    try {
      URI uri = new URI(text);
      String user = uri.getRawUserInfo();
      String path = uri.getPath();
      if (user == null || path == null) {
        return null;
      }
      int secret = user.indexOf(':');
      String key = secret < 0 ? user : user.substring(0, secret);
      ProjectId project = ProjectId.parse(path.substring(path.lastIndexOf('/') + 1));
      return key.isEmpty() || project == null
          ? null
          : new Dsn(key.toLowerCase(Locale.ROOT), project);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
