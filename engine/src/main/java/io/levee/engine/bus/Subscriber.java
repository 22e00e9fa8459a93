package io.levee.engine.bus;

import java.util.List;

/**
 * One consumer of the bus, driven by one {@link io.levee.engine.pipeline.SubscriberLoop} thread.
 * Keeps the positions that it has dealt with <em>with</em> its effects, so that after any crash it
 * continues exactly where its effects end. Effects are idempotent by project and event id.
 */
public interface Subscriber {
  /** The group's name on the bus, on pages and in metrics: lower-case letters. */
  String group();

  /** The positions up to which effects are durable; asked once, after the store was started. */
  Positions committed();

  /**
   * Takes in a batch; its effect need not be durable yet. All or nothing: after a failure the same
   * batch comes again.
   *
   * @throws io.levee.engine.run.BackendException when the store is in trouble: the batch is tried
   *     again until it succeeds
   * @throws RuntimeException of any other kind when an event can't be dealt with: the loop finds
   *     out which and sets it aside
   */
  void apply(List<Delivery> batch);

  /** Makes everything applied durable, together with the positions behind it, and returns these. */
  Positions flush();

  /**
   * Called between batches and at least every 200 ms: the moment to make things visible. Cheap when
   * there is nothing to do.
   */
  default void tick() {}
}
