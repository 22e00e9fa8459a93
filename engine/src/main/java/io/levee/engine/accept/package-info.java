/**
 * What happens between a decoded event and the durable append: the order at the door, and its
 * verdict.
 */
@NullMarked
package io.levee.engine.accept;

import org.jspecify.annotations.NullMarked;
