/**
 * Burst sampling: of a flood of equal errors some are kept whole, the rest are counted in the
 * weight of those. The door decides in memory; what it decided is on the bus, so that nothing of it
 * is lost or counted twice after a crash.
 */
@NullMarked
package io.levee.engine.sampling;

import org.jspecify.annotations.NullMarked;
