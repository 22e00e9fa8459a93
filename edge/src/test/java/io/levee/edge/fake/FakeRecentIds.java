package io.levee.edge.fake;

import io.levee.engine.accept.RecentIds;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.util.HashSet;
import java.util.Set;

/** Remembers every id for ever. Used by one thread. */
public final class FakeRecentIds implements RecentIds {
  private record Key(ProjectId project, EventId id) {}

  private final Set<Key> claimed = new HashSet<>();

  @Override
  public boolean claim(ProjectId project, EventId id) {
    return claimed.add(new Key(project, id));
  }

  @Override
  public void release(ProjectId project, EventId id) {
    claimed.remove(new Key(project, id));
  }
}
