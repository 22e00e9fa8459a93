package io.levee.engine.work;

/** What somebody does to an issue, or to many. */
public sealed interface Change {
  /** It needs work. */
  record Unresolve() implements Change {}

  /** It is dealt with: the next event reopens it. */
  record Resolve() implements Change {}

  /** It is dealt with in the release after the project's latest: events of older ones are late. */
  record ResolveInNextRelease() implements Change {}

  /** It is dealt with in a release that the project knows. */
  record ResolveInRelease(String release) implements Change {}

  /** Not of interest for a while; it goes on counting. */
  record Ignore(Until until) implements Change {}

  /** Put away for good: it goes on counting, and nothing brings it back by itself. */
  record Archive() implements Change {}

  record Prioritise(Priority priority) implements Change {}
}
