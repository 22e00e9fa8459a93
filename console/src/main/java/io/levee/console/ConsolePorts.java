package io.levee.console;

import io.levee.engine.accept.LimitStore;
import io.levee.engine.accept.Limits;
import io.levee.engine.ask.Asker;
import io.levee.engine.erase.Erasures;
import io.levee.engine.index.EventIndex;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.UsageStore;
import io.levee.engine.pipeline.DeadLetterOffice;
import io.levee.engine.pipeline.PipelineView;
import io.levee.engine.question.QuestionStore;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.release.ReleaseStore;
import io.levee.engine.sampling.SpikeWatch;
import io.levee.engine.sampling.Thresholds;
import io.levee.engine.tail.LiveTail;
import io.levee.engine.work.WorkStore;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What the pages are about.
 *
 * @param publicUrl where clients reach the door, as in {@code http://127.0.0.1:7575}; DSNs are made
 *     of it
 * @param budgets what the settings page changes
 * @param work what the pages of issues and releases change
 * @param explore what the page for questions asks
 */
public record ConsolePorts(
    ProjectRegistry registry,
    EventIndex index,
    IssueStore issues,
    LedgerStore ledger,
    DeadLetterOffice deadLetters,
    PipelineView pipeline,
    SpikeWatch spikes,
    Clock clock,
    Supplier<URI> publicUrl,
    Budgets budgets,
    Work work,
    Explore explore) {
  /** Who answers questions, shows events as they pass, and keeps questions under names. */
  public record Explore(Asker asker, LiveTail tail, QuestionStore questions) {}

  /** What people do about issues, what was released, and what is to be deleted. */
  public record Work(WorkStore store, ReleaseStore releases, Erasures erasures) {}

  /**
   * What projects and keys may send, and what they did.
   *
   * @param thresholds from how many equal errors on some stand for others
   * @param projectDefaults the limits in force where a project has none of its own
   */
  public record Budgets(
      LimitStore limits, UsageStore usage, Limits projectDefaults, Thresholds thresholds) {}
}
