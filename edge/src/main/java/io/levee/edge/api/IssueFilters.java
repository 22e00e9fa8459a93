package io.levee.edge.api;

import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Level;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads which issues are meant from the parameters of a call. */
final class IssueFilters {
  /** What {@link #read} reads of a filter that stands in a body. */
  static final List<String> NAMES =
      List.of("query", "status", "level", "environment", "release", "from", "to");

  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 500;

  private IssueFilters() {}

  static IssueFilter read(ProjectScope scope, ApiParameters parameters) {
    return new IssueFilter(
        scope,
        parameters.textOrNull("query"),
        status(parameters),
        level(parameters),
        parameters.textOrNull("environment"),
        parameters.textOrNull("release"),
        parameters.textOrNull("from") == null && parameters.textOrNull("to") == null
            ? null
            : parameters.range(),
        null,
        sort(parameters),
        parameters.textOrNull("cursor"),
        parameters.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
  }

  private static Set<IssueStatus> status(ApiParameters parameters) {
    String text = parameters.textOrNull("status");
    if (text == null) {
      return Set.of();
    }
    IssueStatus status = IssueStatus.parse(text);
    if (status == null) {
      throw new ApiParameters.Wrong(
          "status: \"" + text + "\" (expected: unresolved, resolved, ignored or archived)");
    }
    return Set.of(status);
  }

  private static Set<Level> level(ApiParameters parameters) {
    String text = parameters.textOrNull("level");
    if (text == null) {
      return Set.of();
    }
    Level level = Level.parse(text);
    if (level == null) {
      throw new ApiParameters.Wrong(
          "level: \"" + text + "\" (expected: trace, debug, info, warning, error or fatal)");
    }
    return Set.of(level);
  }

  private static IssueFilter.Sort sort(ApiParameters parameters) {
    String text = parameters.textOrNull("sort");
    if (text == null) {
      return IssueFilter.Sort.LAST_SEEN;
    }
    for (IssueFilter.Sort sort : IssueFilter.Sort.values()) {
      if (sort.name().toLowerCase(Locale.ROOT).equals(text)) {
        return sort;
      }
    }
    throw new ApiParameters.Wrong(
        "sort: \"" + text + "\" (expected: last_seen, first_seen, events or users)");
  }
}
