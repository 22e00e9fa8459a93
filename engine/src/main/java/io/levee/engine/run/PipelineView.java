package io.levee.engine.run;

/**
 * How the running node is doing, for pages and metrics. Thread-safe and cheap: answers from what is
 * known, without asking a backend that may hang.
 */
public interface PipelineView {
  PipelineStatus status();
}
