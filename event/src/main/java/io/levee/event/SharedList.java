package io.levee.event;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list that many events share, with notes of what was worked out of it. In a flood the
 * same few stacks come again and again: {@link RepeatedArrays} makes one list of them, and who has
 * cleaned, hashed or written that list once notes the outcome on it instead of doing it again.
 *
 * <p>A note lives as long as its list, and says nothing that the list does not say itself: without
 * notes everything works the same, only slower. Thread-safe.
 */
public final class SharedList<E> extends AbstractList<E> implements RandomAccess {
  private final List<E> items;
  private final Map<Object, Object> notes = new ConcurrentHashMap<>(4);

  private SharedList(List<E> items) {
    this.items = items;
  }

  /** A list that can be shared and noted on, of a copy of the items. */
  public static <E> SharedList<E> of(List<E> items) {
    return new SharedList<>(List.copyOf(items));
  }

  /** An immutable copy; a shared list is one already. */
  static <E> List<E> copyOf(List<E> items) {
    return items instanceof SharedList<E> ? items : List.copyOf(items);
  }

  /**
   * What was noted on a list.
   *
   * @param about who noted it: a class, or whatever else the same answer belongs to
   * @return null when nothing was, or the list isn't a shared one
   */
  public static @Nullable Object noted(List<?> list, Object about) {
    return list instanceof SharedList<?> shared ? shared.notes.get(about) : null;
  }

  /** Notes something, if the list is a shared one. */
  public static void note(List<?> list, Object about, Object what) {
    if (list instanceof SharedList<?> shared) {
      shared.notes.put(about, what);
    }
  }

  /** Whether a list is a shared one. */
  public static boolean is(List<?> list) {
    return list instanceof SharedList<?>;
  }

  @Override
  public E get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Iterator<E> iterator() {
    return items.iterator();
  }

  @Override
  public void forEach(Consumer<? super E> action) {
    items.forEach(action);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || items.equals(other);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }
}
