package io.levee.engine.index;

import java.util.List;

/**
 * A store of events that can forget some for good: when {@link #erase} has returned, no byte of
 * them is in the store's files, but for what readers still hold open. Failures are {@link
 * io.levee.engine.run.BackendException}s; what was begun is then done by the next call.
 */
public interface ErasingStore {
  /**
   * Removes events; durable on return. Whoever applies to the store is kept still meanwhile.
   *
   * @return how many
   */
  long erase(Erasing which);

  /**
   * Files that can't be read, and so may hold such events still: a person decides about them. As
   * names for people.
   */
  List<String> unread();
}
