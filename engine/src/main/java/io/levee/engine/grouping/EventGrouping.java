package io.levee.engine.grouping;

import io.levee.engine.issue.Contribution;
import io.levee.engine.issue.Grouping;
import io.levee.engine.issue.GroupingVariables;
import io.levee.engine.issue.MessageText;
import io.levee.engine.issue.ParameterisedText;
import io.levee.event.Event;
import io.levee.event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which events are the same problem: version 2 of the algorithm. An event has one or more
 * {@link Variant}s; two events belong together when any of theirs agree. The first of these that an
 * event has is what counts:
 *
 * <ol>
 *   <li>the first of the project's rules that matches
 *   <li>the client's fingerprint, its variables resolved; in both, {@code {{ default }}} mixes in
 *       what would have counted without it
 *   <li>the exception chain: types and frames, in one variant the application's own, in another
 *       all; types and parameterised values when there are no frames
 *   <li>a transaction's name
 *   <li>the message: the client's template or else the parameterised text
 * </ol>
 *
 * <p>Line numbers, level, release and environment never count: they change while the problem stays.
 * Whatever changes the outcome for any event needs a new version. Pure and thread-safe.
 */
public final class EventGrouping {
  /** Of the algorithm. */
  public static final int VERSION = 2;

  private static final Set<String> DEFAULT_VARIABLES = Set.of("{{ default }}", "{{default}}");

  private final Grouping versionOne = new Grouping();

  /**
   * The event's variants under a project's rules. Never throws for what an event holds.
   *
   * @param withVersionOne whether version 1's fingerprint is the last variant, so that the issues
   *     that it made are found
   */
  public Grouped group(Event event, GroupingRules rules, boolean withVersionOne) {
    GroupingRules.Match match = rules.match(event);
    if (match != null) {
      return ruled(event, rules, match);
    }
    List<String> own = event.clientFingerprint();
    boolean plain =
        own.isEmpty() || (own.size() == 1 && DEFAULT_VARIABLES.contains(own.getFirst()));
    Grouped grouped =
        plain
            ? byContent(event, rules)
            : mixed(Variant.CLIENT, own, event, byContent(event, rules), null, null);
    if (!withVersionOne) {
      return grouped;
    }
    Grouping.Grouped before = versionOne.group(event);
    return grouped.with(
        new Variant(Variant.VERSION_1, before.fingerprint(), before.contributions()));
  }

  private static Grouped ruled(Event event, GroupingRules rules, GroupingRules.Match match) {
    String title = match.title() == null ? null : GroupingVariables.resolve(match.title(), event);
    Grouped content = byContent(event, rules);
    List<String> parts = match.fingerprint();
    if (parts.size() == 1 && DEFAULT_VARIABLES.contains(parts.getFirst())) {
      return new Grouped(content.variants(), content.exceptions(), title, match.text());
    }
    return mixed(Variant.RULE, parts, event, content, title, match.text());
  }

  /** A fingerprint that somebody wrote; a variant for each of the content's if it mixes that in. */
  private static Grouped mixed(
      String name,
      List<String> parts,
      Event event,
      Grouped content,
      @Nullable String title,
      @Nullable String rule) {
    boolean mixes = parts.stream().anyMatch(DEFAULT_VARIABLES::contains);
    List<Variant> variants = new ArrayList<>();
    for (Variant of : mixes ? content.variants() : content.variants().subList(0, 1)) {
      List<Contribution> contributions = new ArrayList<>();
      for (String part : parts) {
        if (DEFAULT_VARIABLES.contains(part)) {
          contributions.addAll(of.contributions());
        } else {
          String value = GroupingVariables.resolve(part, event);
          contributions.add(new Contribution("fingerprint", value));
        }
      }
      variants.add(variant(mixes ? name + ", " + of.name() : name, contributions));
    }
    return new Grouped(variants, content.exceptions(), title, rule);
  }

  private static Grouped byContent(Event event, GroupingRules rules) {
    List<Variant> variants = new ArrayList<>(2);
    ExceptionReader reader = new ExceptionReader(event, rules);
    if (!reader.exceptions().isEmpty()) {
      addExceptions(variants, reader);
    }
    if (variants.isEmpty() && event.kind() == Kind.TRANSACTION) {
      String name = event.culprit() != null ? event.culprit() : event.title();
      variants.add(one(Variant.TRANSACTION, "transaction", ParameterisedText.withTokens(name)));
    }
    if (variants.isEmpty()) {
      String message = MessageText.firstLines(MessageText.of(event));
      Platform platform = Platform.of(event.platform());
      String unified = platform.isScript() ? BrowserMessages.unified(message) : message;
      variants.add(one(Variant.MESSAGE, "message", ParameterisedText.withTokens(unified)));
    }
    return new Grouped(variants, reader.exceptions(), null, null);
  }

  private static void addExceptions(List<Variant> variants, ExceptionReader reader) {
    if (reader.hasFrames(true)) {
      variants.add(variant(Variant.APP, reader.contributions(true)));
    }
    List<Contribution> all = reader.contributions(false);
    boolean same = !variants.isEmpty() && variants.getFirst().contributions().equals(all);
    if (!all.isEmpty() && !same) {
      variants.add(variant(reader.hasFrames(false) ? Variant.ALL : Variant.VALUE, all));
    }
  }

  private static Variant one(String name, String what, String value) {
    return variant(name, List.of(new Contribution(what, value)));
  }

  private static Variant variant(String name, List<Contribution> contributions) {
    return new Variant(name, Hashing.of(contributions), contributions);
  }
}
