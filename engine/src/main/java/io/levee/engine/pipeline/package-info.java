/**
 * Drives the stores: the loop behind every subscriber, the state of the whole, rebuilding one store
 * from the other, verifying both.
 */
@NullMarked
package io.levee.engine.pipeline;

import org.jspecify.annotations.NullMarked;
