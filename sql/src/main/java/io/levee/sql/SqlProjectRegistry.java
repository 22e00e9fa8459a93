package io.levee.sql;

import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.Sender;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Projects and keys in a relational database. A key is looked up by the SHA-256 of its value; the
 * value itself is stored only of keys that may do no more than send, which stand in every page that
 * uses them anyway. A value is 128 random bits, so a fast hash without salt keeps it.
 */
public final class SqlProjectRegistry implements ProjectRegistry {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");
  private static final int KEY_BYTES = 16;
  private static final int SHOWN_DIGITS = Sender.KEY_DIGITS;
  private static final int NAME_CHARS_MAX = 200;
  private static final String SELECT =
      "SELECT id, slug, name, log_id, retention_days, created FROM project ";

  private final SqlDatabase database;
  private final Clock clock;
  private final SecureRandom random;

  /** Over a database that was or will be started before the first call. */
  public SqlProjectRegistry(SqlDatabase database, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public List<Project> projects() {
    return database.read(
        "list projects",
        handle ->
            handle.createQuery(SELECT + "ORDER BY id").map((row, context) -> project(row)).list());
  }

  @Override
  public Optional<Project> project(ProjectId id) {
    return projectBy("id", id.value());
  }

  @Override
  public Optional<Project> projectByLogId(UUID logId) {
    return projectBy("log_id", logId.toString());
  }

  @Override
  public Optional<Project> projectBySlug(String slug) {
    return SLUG.matcher(slug).matches() ? projectBy("slug", slug) : Optional.empty();
  }

  private Optional<Project> projectBy(String column, Object value) {
    return database.read("find project", handle -> projectBy(handle, column, value));
  }

  private static Optional<Project> projectBy(Handle handle, String column, Object value) {
    return handle
        .createQuery(SELECT + "WHERE " + column + " = ?")
        .bind(0, value)
        .map((row, context) -> project(row))
        .findOne();
  }

  private static Project project(ResultSet row) throws SQLException {
    return new Project(
        new ProjectId(row.getLong("id")),
        row.getString("slug"),
        row.getString("name"),
        UUID.fromString(row.getString("log_id")),
        row.getInt("retention_days"),
        Micros.instant(row.getLong("created")));
  }

  @Override
  public Optional<ProjectKey> key(String value) {
    if (!KEY.matcher(value).matches()) {
      return Optional.empty();
    }
    return database.read(
        "find key",
        handle ->
            handle
                .createQuery("SELECT project, permissions FROM project_key WHERE hash = ?")
                .bind(0, hash(value))
                .map((row, context) -> key(row, value))
                .findOne());
  }

  @Override
  public List<ProjectKey> keys(ProjectId project) {
    return database.read(
        "list keys",
        handle ->
            handle
                .createQuery(
                    "SELECT project, permissions, shown FROM project_key WHERE project = ?"
                        + " ORDER BY created, hash")
                .bind(0, project.value())
                .map((row, context) -> key(row, row.getString("shown")))
                .list());
  }

  private static ProjectKey key(ResultSet row, String value) throws SQLException {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (String name : row.getString("permissions").split(",", -1)) {
      permissions.add(Permission.valueOf(name));
    }
    return new ProjectKey(value, new ProjectId(row.getLong("project")), permissions);
  }

  @Override
  public Project create(String slug, String name, int retentionDays) {
    if (!SLUG.matcher(slug).matches()) {
      throw new IllegalArgumentException(
          "slug: \"" + slug + "\" (expected: 1 to 64 of a-z, 0-9 and -, no - first)");
    }
    checkName(name);
    EventId bits = EventId.random(random);
    UUID logId = new UUID(bits.high(), bits.low());
    return database.write(
        "create project",
        handle -> {
          if (projectBy(handle, "slug", slug).isPresent()) {
            throw new IllegalArgumentException("slug: \"" + slug + "\" (expected: one not taken)");
          }
          return insert(handle, slug, SqlText.storable(name), logId, retentionDays);
        });
  }

  private static void checkName(String name) {
    if (name.isBlank() || name.length() > NAME_CHARS_MAX) {
      throw new IllegalArgumentException(
          "name: " + name.length() + " characters (expected: 1.." + NAME_CHARS_MAX + ")");
    }
  }

  @Override
  public Project change(ProjectId id, String name, int retentionDays) {
    checkName(name);
    return database.write(
        "change project",
        handle -> {
          Project old =
              projectBy(handle, "id", id.value())
                  .orElseThrow(() ->
                      new IllegalArgumentException("project: " + id + " (expected: one of ours)"));
          Project changed =
              new Project(
                  id,
                  old.slug(),
                  SqlText.storable(name),
                  old.logId(),
                  retentionDays,
                  old.created());
          handle.execute(
              "UPDATE project SET name = ?, retention_days = ? WHERE id = ?",
              changed.name(),
              retentionDays,
              id.value());
          return changed;
        });
  }

  private Project insert(Handle handle, String slug, String name, UUID logId, int retentionDays) {
    Instant created = now();
    ProjectId id = new ProjectId(SqlRows.takeIds(handle, "project", 1));
    Project project = new Project(id, slug, name, logId, retentionDays, created);
    handle.execute(
        "INSERT INTO project (id, slug, name, log_id, retention_days, created)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        id.value(),
        slug,
        name,
        logId.toString(),
        retentionDays,
        Micros.of(created));
    return project;
  }

  @Override
  public ProjectKey createKey(ProjectId project, Set<Permission> permissions) {
    if (permissions.isEmpty()) {
      throw new IllegalArgumentException("permissions: none (expected: one or more)");
    }
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String value = HexFormat.of().formatHex(bytes);
    database.update(
        "create key",
        handle -> {
          if (projectBy(handle, "id", project.value()).isEmpty()) {
            throw new IllegalArgumentException("project: " + project + " (expected: one of ours)");
          }
          handle.execute(
              "INSERT INTO project_key (hash, project, permissions, shown, created)"
                  + " VALUES (?, ?, ?, ?, ?)",
              hash(value),
              project.value(),
              names(permissions),
              shown(value, permissions),
              Micros.of(now()));
        });
    return new ProjectKey(value, project, permissions);
  }

  private static String names(Set<Permission> permissions) {
    List<String> names = new ArrayList<>();
    EnumSet.copyOf(permissions).forEach(permission -> names.add(permission.name()));
    return String.join(",", names);
  }

  private static String shown(String value, Set<Permission> permissions) {
    boolean secret = !permissions.equals(Set.of(Permission.INGEST));
    return secret
        ? value.substring(0, SHOWN_DIGITS) + "*".repeat(value.length() - SHOWN_DIGITS)
        : value;
  }

  /** As exact as the tables keep it, so that what is created equals what is read. */
  private Instant now() {
    return Micros.instant(Micros.of(clock.instant()));
  }

  private static String hash(String value) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
