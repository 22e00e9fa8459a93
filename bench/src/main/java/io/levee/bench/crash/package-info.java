/**
 * A small Levee (bus, recent ids, archive) on a disk that can fail and lose power, and what must be
 * true of whatever that disk is left with. All in memory: thousands of crashes a minute.
 */
@NullMarked
package io.levee.bench.crash;

import org.jspecify.annotations.NullMarked;
