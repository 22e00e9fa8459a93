package io.levee.console;

import io.levee.engine.accept.Limit;
import io.levee.engine.accept.Limits;
import io.levee.engine.measure.UsageStore.Usage;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.Sender;
import io.levee.engine.sampling.Thresholds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A project's name, retention, keys and limits, to look at and to change. */
final class SettingsPages {
  private static final int DIGITS_MAX = 18;
  private static final String ERRORS_PER_MINUTE = "errors_per_minute";

  private final Site site;

  SettingsPages(Site site) {
    this.site = site;
  }

  /**
   * The page.
   *
   * @param wrong what was not taken and why; empty when all is well
   * @param saved whether a change was just made
   * @param of whose limits are shown: a key's first digits, or empty for the project's
   */
  record SettingsView(
      Shell shell,
      Project project,
      List<KeyRow> keys,
      List<LimitRow> limits,
      List<UsedRow> used,
      SamplingField sampling,
      String of,
      String wrong,
      boolean saved) {
    String path(String rest) {
      return "/p/" + project.slug() + "/settings" + rest;
    }
  }

  /**
   * From how many equal errors a minute on some stand for the others.
   *
   * @param value empty when the project has none of its own
   * @param standard what is in force then
   */
  record SamplingField(String value, String standard) {}

  /**
   * A key.
   *
   * @param dsn empty for those that may do more than send
   * @param sender its first digits; empty when they are not shown
   */
  record KeyRow(String id, String value, String permissions, String dsn, String sender) {}

  /**
   * A field of the form.
   *
   * @param value empty when it isn't set
   * @param standard what is in force then
   */
  record LimitRow(String name, String words, String value, String standard) {}

  /**
   * What is used of a limit.
   *
   * @param width of 100
   */
  record UsedRow(String words, String used, String most, String share, int width, boolean high) {}

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    if (!request.isPost()) {
      return rest.isEmpty()
          ? page(request, project, "", 200)
          : site.notFound(request, "There is no page at " + request.path() + ".");
    }
    String what = rest.isEmpty() ? "" : rest.getFirst();
    try {
      String of =
          switch (what) {
            case "" -> general(request, project);
            case "keys" -> addKey(project);
            case "limits" -> limits(request, project);
            case "sampling" -> sampling(request, project);
            default -> null;
          };
      return of == null
          ? site.notFound(request, "There is no page at " + request.path() + ".")
          : PageResponse.seeOther("/p/" + project.slug() + "/settings?saved=1" + of);
    } catch (Wrong e) {
      return page(request, project, e.words, 400);
    }
  }

  /** What a form holds that can't be taken. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    private final String words;

    Wrong(String words) {
      super(words);
      this.words = words;
    }
  }

  private String general(PageRequest request, Project project) throws Wrong {
    String name = request.field("name");
    String days = request.field("retention-days");
    if (name == null || name.length() > 200) {
      throw new Wrong("Name: 1 to 200 characters.");
    }
    if (days == null || !days.matches("\\d{1,4}")) {
      throw new Wrong("Keep events for: 1 to 3650 days.");
    }
    int number = Integer.parseInt(days);
    if (number < 1 || number > 3650) {
      throw new Wrong("Keep events for: 1 to 3650 days, not " + number + ".");
    }
    site.ports().registry().change(project.id(), name, number);
    return "";
  }

  private String addKey(Project project) {
    site.ports().registry().createKey(project.id(), Set.of(Permission.INGEST));
    return "";
  }

  private String limits(PageRequest request, Project project) throws Wrong {
    Sender sender = sender(project, request.field("of"));
    Limits limits = Limits.NONE;
    for (Limit limit : Limit.values()) {
      String text = request.field(limit.wireName());
      if (text != null) {
        limits = limits.with(limit, value(limit, text));
      }
    }
    site.ports().budgets().limits().change(sender, limits);
    return sender.key().isEmpty() ? "" : "&of=" + sender.key();
  }

  private String sampling(PageRequest request, Project project) throws Wrong {
    String text = request.field(ERRORS_PER_MINUTE);
    Thresholds thresholds = site.ports().budgets().thresholds();
    if (text == null) {
      thresholds.reset(project.id());
      return "";
    }
    String digits = text.replaceAll("[ ,._]", "");
    if (!digits.matches("\\d{1,7}") || Integer.parseInt(digits) > Thresholds.MAX) {
      throw new Wrong(
          "“" + text + "” equal errors a minute: 0 to " + Figures.exact(Thresholds.MAX) + ".");
    }
    thresholds.set(project.id(), Integer.parseInt(digits));
    return "";
  }

  private SamplingField sampling(Project project) {
    Thresholds thresholds = site.ports().budgets().thresholds();
    String own =
        thresholds.isOwn(project.id()) ? Integer.toString(thresholds.of(project.id())) : "";
    return new SamplingField(own, Figures.exact(thresholds.usual()));
  }

  /** Digits; separators between them don't matter. */
  private static long value(Limit limit, String text) throws Wrong {
    String digits = text.replaceAll("[ ,._]", "");
    if (digits.matches("\\d{1," + DIGITS_MAX + "}")) {
      long value = Long.parseLong(digits);
      if (value >= 1 && value <= limit.most()) {
        return value;
      }
    }
    throw new Wrong(
        "“"
            + text
            + "” "
            + limit.words()
            + ": a whole number, 1 to "
            + Figures.exact(limit.most())
            + ", or nothing.");
  }

  private static Sender sender(Project project, @Nullable String of) {
    return of == null || !of.matches("[0-9a-f]{8}")
        ? Sender.unknownKey(project.id())
        : new Sender(project.id(), of);
  }

  private PageResponse page(PageRequest request, Project project, String wrong, int status) {
    String asked = request.isPost() ? request.field("of") : request.param("of");
    Sender sender = sender(project, asked);
    ConsolePorts.Budgets budgets = site.ports().budgets();
    Limits own = budgets.limits().limits(sender);
    Limits standard = sender.key().isEmpty() ? budgets.projectDefaults() : Limits.NONE;
    SettingsView view =
        new SettingsView(
            site.shell(request, "Settings · " + project.name(), project, "settings"),
            project,
            keys(project),
            rows(own, standard),
            used(sender, own.over(standard)),
            sampling(project),
            sender.key(),
            wrong,
            request.param("saved") != null);
    return PageResponse.html(status, site.templates().render("settings", view));
  }

  private List<KeyRow> keys(Project project) {
    var url = site.ports().publicUrl().get();
    List<KeyRow> rows = new ArrayList<>();
    for (ProjectKey key : site.ports().registry().keys(project.id())) {
      String dsn =
          key.mayOnlySend()
              ? url.getScheme()
                  + "://"
                  + key.value()
                  + "@"
                  + url.getRawAuthority()
                  + "/"
                  + project.id()
              : "";
      rows.add(
          new KeyRow("dsn-" + rows.size(), key.value(), permissions(key), dsn, key.sender().key()));
    }
    return rows;
  }

  private static String permissions(ProjectKey key) {
    List<String> words = new ArrayList<>();
    for (Permission permission : EnumSet.copyOf(key.permissions())) {
      words.add(permission.name().toLowerCase(Locale.ROOT));
    }
    return String.join(", ", words);
  }

  private static List<LimitRow> rows(Limits own, Limits standard) {
    List<LimitRow> rows = new ArrayList<>();
    for (Limit limit : Limit.values()) {
      Long value = own.get(limit);
      Long otherwise = standard.get(limit);
      rows.add(
          new LimitRow(
              limit.wireName(),
              limit.words(),
              value == null ? "" : Long.toString(value),
              otherwise == null ? "the project’s" : Figures.exact(otherwise)));
    }
    return rows;
  }

  private List<UsedRow> used(Sender sender, Limits limits) {
    Instant now = site.now();
    Instant day = now.truncatedTo(ChronoUnit.DAYS);
    Instant month = day.atZone(ZoneOffset.UTC).withDayOfMonth(1).toInstant();
    Usage hour = usage(sender, now.truncatedTo(ChronoUnit.HOURS), now);
    Usage today = usage(sender, day, now);
    Usage thisMonth = usage(sender, month, now);
    return List.of(
        row("Events this hour", hour.events(), limits.get(Limit.EVENTS_PER_HOUR), false),
        row("Bytes this hour", hour.bytes(), limits.get(Limit.BYTES_PER_HOUR), true),
        row("Events today", today.events(), null, false),
        row("Bytes today", today.bytes(), null, true),
        row("Events this month", thisMonth.events(), limits.get(Limit.EVENTS_PER_MONTH), false),
        row("Bytes this month", thisMonth.bytes(), limits.get(Limit.BYTES_PER_MONTH), true));
  }

  private Usage usage(Sender sender, Instant from, Instant now) {
    Instant to = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    return site.ports().budgets().usage().usage(sender, from, to);
  }

  private static UsedRow row(String words, long used, @Nullable Long most, boolean bytes) {
    String amount = bytes ? Figures.bytes(used) : Figures.exact(used);
    if (most == null) {
      return new UsedRow(words, amount, "", "", 0, false);
    }
    int width = (int) Math.min(100, Math.round(100.0 * used / most));
    String whole = bytes ? Figures.bytes(most) : Figures.exact(most);
    return new UsedRow(words, amount, whole, Figures.percent(used, most), width, width >= 90);
  }
}
