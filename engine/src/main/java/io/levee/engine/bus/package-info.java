/**
 * The durable bus: published once, delivered to every group at least once, offsets committed after
 * the effect.
 */
@NullMarked
package io.levee.engine.bus;

import org.jspecify.annotations.NullMarked;
