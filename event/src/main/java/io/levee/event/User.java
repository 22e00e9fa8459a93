package io.levee.event;

import org.jspecify.annotations.Nullable;

/**
 * Who it happened to.
 *
 * @param data what the client sent beyond these
 */
public record User(
    @Nullable String id,
    @Nullable String name,
    @Nullable String email,
    @Nullable String ip,
    Json.Obj data) {
  public static final User EMPTY = new User(null, null, null, null, Json.Obj.EMPTY);

  /**
   * What tells users apart: the first of id, email, name and address that is known; null for
   * nobody.
   */
  public @Nullable String key() {
    if (id != null) {
      return id;
    }
    if (email != null) {
      return email;
    }
    return name != null ? name : ip;
  }

  public boolean isEmpty() {
    return equals(EMPTY);
  }
}
