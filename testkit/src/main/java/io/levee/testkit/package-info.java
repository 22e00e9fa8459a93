/**
 * Contracts that every implementation of a port must pass, and what tests need to check them:
 * clocks, generators, recorders.
 */
@NullMarked
package io.levee.testkit;

import org.jspecify.annotations.NullMarked;
