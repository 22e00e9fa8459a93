/**
 * Versions of an application: their order, when they were seen and deployed, what came with them.
 */
@NullMarked
package io.levee.engine.release;

import org.jspecify.annotations.NullMarked;
