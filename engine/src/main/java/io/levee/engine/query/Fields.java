package io.levee.engine.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of fields that every event may have: for the parser, for completion, for the
 * documentation. A name that is not in it means a tag, an extra or a context; {@code tags.x},
 * {@code extra.x.y} and {@code contexts.x.y} say which. Names are the same in any case.
 */
public final class Fields {
  /** How a field's values are compared. */
  public enum Type {
    /** By the whole value, without regard to case. */
    EXACT,
    /** By the words in it. */
    TEXT,
    /** By value. */
    NUMBER,
    /** By moment. */
    TIME
  }

  /**
   * One field.
   *
   * @param name lower case
   * @param faceted whether the index can count its values
   * @param meaning one line
   * @param aliases what others call it, lower case
   */
  public record Field(
      String name, Type type, boolean faceted, String meaning, List<String> aliases) {
    public Field {
      aliases = List.copyOf(aliases);
    }
  }

  /** The name of Splunk's field for the whole event: the same as naming no field. */
  static final String ANYWHERE = "_raw";

  private static final List<String> LEAF_PREFIXES = List.of("tags.", "extra.", "contexts.");

  private static final List<Field> ALL = catalogue();
  private static final Map<String, Field> BY_NAME = byName();

  /** What elmah.io calls by its own name and we keep as a tag. */
  private static final Map<String, String> TAG_ALIASES =
      Map.of("application", "tags.application", "applicationname", "tags.application");

  private Fields() {}

  /** Every known field, the most used first. */
  public static List<Field> all() {
    return ALL;
  }

  /** The field with this name or alias; null when it is none of the known ones. */
  public static @Nullable Field find(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  /**
   * The name by which the tree calls a field: a known field's own name, otherwise the name in lower
   * case.
   */
  public static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Field known = BY_NAME.get(lower);
    return known != null ? known.name() : TAG_ALIASES.getOrDefault(lower, lower);
  }

  /**
   * Where the values of a field that is not in the catalogue lie: the paths of leaves, in lower
   * case.
   */
  public static List<String> paths(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (LEAF_PREFIXES.stream().anyMatch(lower::startsWith)) {
      return List.of(lower);
    }
    List<String> paths = new ArrayList<>();
    LEAF_PREFIXES.forEach(prefix -> paths.add(prefix + lower));
    if (lower.startsWith("user.")) {
      paths.add(lower);
    }
    return paths;
  }

  /** What a path of a leaf is called when nobody says whether it is a tag, extra or context. */
  public static String keyOf(String path) {
    for (String prefix : LEAF_PREFIXES) {
      if (path.startsWith(prefix)) {
        return path.substring(prefix.length());
      }
    }
    return path;
  }

  /** Known names that start with this, for completion; aliases come last. */
  public static List<String> startingWith(String prefix) {
    String lower = prefix.toLowerCase(Locale.ROOT);
    List<String> names = new ArrayList<>();
    ALL.stream().map(Field::name).filter(name -> name.startsWith(lower)).forEach(names::add);
    for (String name : BY_NAME.keySet()) {
      if (name.startsWith(lower) && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** The known name or alias that is at most two slips away from a word; null when none is. */
  static @Nullable String nearest(String word) {
    return Spelling.nearest(word, BY_NAME.keySet());
  }

  private static Map<String, Field> byName() {
    Map<String, Field> byName = new TreeMap<>();
    for (Field field : ALL) {
      byName.put(field.name(), field);
      field.aliases().forEach(alias -> byName.put(alias, field));
    }
    return byName;
  }

  private static Field facet(String name, String meaning, String... aliases) {
    return new Field(name, Type.EXACT, true, meaning, List.of(aliases));
  }

  private static Field exact(String name, String meaning, String... aliases) {
    return new Field(name, Type.EXACT, false, meaning, List.of(aliases));
  }

  private static Field text(String name, String meaning, String... aliases) {
    return new Field(name, Type.TEXT, false, meaning, List.of(aliases));
  }

  private static Field number(String name, boolean faceted, String meaning, String... aliases) {
    return new Field(name, Type.NUMBER, faceted, meaning, List.of(aliases));
  }

  private static List<Field> catalogue() {
    List<Field> all = new ArrayList<>(general());
    all.addAll(circumstances());
    all.addAll(stack());
    return List.copyOf(all);
  }

  private static List<Field> general() {
    return List.of(
        facet("level", "fatal, error, warning, info, debug or trace", "severity", "log_level"),
        text("message", "words of the message, or of the title when there is none", "msg"),
        text("title", "words of the one line that lists show"),
        facet("type", "an exception's class", "error.type", "exception.type", "exceptiontype"),
        text("value", "words of an exception's message", "error.value", "exception.value"),
        facet("environment", "production, staging …", "env"),
        facet("release", "version of the application", "version"),
        facet("host", "machine it happened on", "hostname", "server_name", "server"),
        facet("logger", "logger or category", "source", "category", "logger_name"),
        facet("kind", "error, log, transaction, check, metric or view", "sourcetype", "event.type"),
        new Field(
            "time",
            Type.TIME,
            false,
            "when it happened (UTC)",
            List.of("timestamp", "_time", "datetime", "@timestamp")),
        facet("platform", "java, javascript, python …"),
        facet("project", "number of the project", "index", "project.id", "project_id"),
        exact("id", "the event's own id, 32 hex digits", "event_id", "eventid"),
        facet("fingerprint", "what makes events the same problem", "hash", "issue.fingerprint"),
        number("weight", false, "how many equal events it stands for"));
  }

  private static List<Field> circumstances() {
    return List.of(
        facet("culprit", "where it happened: transaction or function", "transaction"),
        facet("url", "address of the request, whole", "http.url", "request.url", "uri"),
        facet("method", "GET, POST …", "http.method", "request.method"),
        number("status", true, "HTTP status", "statuscode", "status_code", "http.status_code"),
        number("duration", false, "milliseconds it took", "duration_ms", "took"),
        facet("user", "id, e-mail, name or address of the user"),
        exact("user.id", "the user's id", "userid"),
        exact("user.email", "the user's e-mail address"),
        exact("user.name", "the user's name", "user.username", "username"),
        exact("user.ip", "the user's address", "user.ip_address", "remoteaddr", "client_ip"),
        exact("trace_id", "distributed trace", "correlationid", "trace", "traceid"));
  }

  private static List<Field> stack() {
    return List.of(
        exact("handled", "true or false: whether the application caught it", "error.handled"),
        exact("function", "function of any frame", "stack.function"),
        exact("module", "class, package or module of any frame", "stack.module", "stack.package"),
        exact("file", "file or path of any frame", "stack.filename", "stack.abs_path", "filename"));
  }
}
