package io.levee.engine.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One consumer of the bus, driven by one {@link io.levee.engine.pipeline.SubscriberLoop} thread.
 * Keeps the positions that it has dealt with <em>with</em> its effects, so that after any crash it
 * continues exactly where its effects end. Effects are idempotent by project and event id.
 */
public interface Subscriber {
  /** The group's name on the bus, on pages and in metrics: lower-case letters. */
  String group();

  /**
   * The positions up to which effects are durable; asked after the store was started, and again
   * when its loop goes on after it was held still.
   */
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

  /**
   * Called after this store failed with a BackendException and before it is asked again: the moment
   * to mend itself.
   *
   * @return null when nothing is lost and the same call can be made again; otherwise the positions
   *     from which everything must be delivered again
   * @throws io.levee.engine.run.BackendException when it is still in trouble
   */
  default @Nullable Positions recover() {
    return null;
  }

  /**
   * This delivery lies in the dead letters and counts as dealt with: positions move behind it. A
   * store that doesn't do so gets it again after a restart, which does no harm but takes time.
   */
  default void skip(Delivery delivery) {}

  /**
   * Takes in a delivery that was set aside, though the positions lie behind it; they stay where
   * they are. Durable with the next flush. However often it is called for one delivery, the effect
   * is there once, as long as its letter is kept.
   */
  default void replay(Delivery delivery) {
    apply(List.of(delivery));
  }
}
