package io.levee.console;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.Suspect;
import io.levee.engine.work.Badge;
import io.levee.engine.work.Comment;
import io.levee.engine.work.Entry;
import io.levee.engine.work.IssueWork;
import io.levee.engine.work.Priority;
import io.levee.engine.work.SimilarIssue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people did about an issue, and in which releases it was.
 *
 * @param path of the issue's page
 * @param releasesPath of the project's releases
 * @param badges words
 * @param releases that it was seen in, the latest first
 * @param latest the project's latest release; null when it has none
 * @param similar issues like it
 * @param undo takes back what was just done; null when nothing was
 * @param share the page's whole address
 */
record WorkView(
    String path,
    String releasesPath,
    IssueStatus status,
    IssueWork work,
    List<Badge> badges,
    List<Item> timeline,
    List<String> releases,
    @Nullable String latest,
    @Nullable SuspectView suspect,
    List<SimilarIssue> similar,
    @Nullable String undo,
    String share) {
  /** Who looks at the console, until there are accounts. */
  static final String YOU = "you";

  /**
   * A line of the timeline.
   *
   * @param words what was done; empty when it is a comment
   * @param html of the comment; empty when it is none
   * @param comment null when it is none
   */
  record Item(TimeText time, String actor, String words, String html, @Nullable Comment comment) {
    boolean isMine() {
      return comment != null && comment.actor().equals(YOU);
    }
  }

  /** Which release brought it; {@code after} is how long after its deploy or first sight. */
  record SuspectView(String release, String reason, String after) {
    static SuspectView of(Suspect suspect, Issue issue) {
      Duration after = Duration.between(suspect.since(), issue.firstSeen());
      Deploy deploy = suspect.deploy();
      String words =
          after.isNegative() || after.isZero()
              ? ""
              : TimeText.span(after.toSeconds())
                  + (deploy == null
                      ? " after the release was first seen"
                      : " after its deploy"
                          + (deploy.environment().isEmpty() ? "" : " to " + deploy.environment()));
      return new SuspectView(suspect.release(), suspect.reason(), words);
    }
  }

  /** Activity and comments together, the newest first. */
  static List<Item> timeline(List<Entry> entries, List<Comment> comments, Instant now) {
    record Timed(Instant at, Item item) {}
    List<Timed> all = new ArrayList<>();
    for (Entry entry : entries) {
      all.add(
          new Timed(
              entry.at(),
              new Item(TimeText.of(entry.at(), now), entry.actor(), words(entry), "", null)));
    }
    for (Comment comment : comments) {
      all.add(
          new Timed(
              comment.at(),
              new Item(
                  TimeText.of(comment.at(), now),
                  comment.actor(),
                  "",
                  Markdown.html(comment.text()),
                  comment)));
    }
    all.sort(Comparator.comparing(Timed::at).reversed());
    return all.stream().map(Timed::item).toList();
  }

  /** What an entry says was done. */
  static String words(Entry entry) {
    String more = entry.detail().isEmpty() ? "" : ", " + entry.detail();
    return switch (entry.kind()) {
      case "priority" -> "set the priority to " + entry.detail();
      case "undo" -> "took a change back: " + entry.to().wireName() + " again";
      case "status" ->
          entry.regressed()
              ? "came back after it was resolved" + more
              : entry.to() == IssueStatus.UNRESOLVED && entry.actor().equals("levee")
                  ? "unresolved again" + more
                  : entry.to().wireName() + (entry.detail().isEmpty() ? "" : " " + entry.detail());
      case "erasure" -> "deleted " + entry.detail();
      default -> entry.kind() + more;
    };
  }

  /** How long it stays ignored or where it is resolved, in words; empty when there is neither. */
  String condition() {
    if (work.until() != null) {
      return work.until().words();
    }
    return work.fix() == null ? "" : work.fix().words();
  }

  /** Appended to the address of a form, so that nobody overwrites what they did not see. */
  String seen() {
    return "?version=" + work.version();
  }

  List<Priority> priorities() {
    return List.of(Priority.values());
  }

  /** The page of a release. */
  String releaseLink(String name) {
    return Params.of(releasesPath + "/one").with("name", name).href();
  }

  String issueLink(SimilarIssue other) {
    return path.substring(0, path.lastIndexOf('/') + 1) + other.issue();
  }

  boolean isArchived() {
    return status == IssueStatus.ARCHIVED;
  }
}
