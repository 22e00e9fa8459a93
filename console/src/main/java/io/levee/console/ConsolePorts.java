package io.levee.console;

import io.levee.engine.index.EventIndex;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.pipeline.DeadLetterOffice;
import io.levee.engine.pipeline.PipelineView;
import io.levee.engine.registry.ProjectRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What the pages are about.
 *
 * @param publicUrl where clients reach the door, as in {@code http://127.0.0.1:7575}; DSNs are made
 *     of it
 */
public record ConsolePorts(
    ProjectRegistry registry,
    EventIndex index,
    IssueStore issues,
    LedgerStore ledger,
    DeadLetterOffice deadLetters,
    PipelineView pipeline,
    Clock clock,
    Supplier<URI> publicUrl) {}
