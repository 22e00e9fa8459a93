/**
 * The functions of {@code stats}: each an accumulator that takes values with weights, can be joined
 * with another, and says what came of it.
 */
@NullMarked
package io.levee.engine.query.aggregate;

import org.jspecify.annotations.NullMarked;
