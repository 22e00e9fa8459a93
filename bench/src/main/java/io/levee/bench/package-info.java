/**
 * The flood: measures a whole Levee from outside, over HTTP, and a yardstick beside it in the same
 * run.
 *
 * <p>The generator is one thread over non-blocking sockets, because it shares the machine with the
 * server: a thread a connection costs it about twice the CPU. It is open-loop: when a request was
 * due, not when it could be sent, is where its latency starts.
 *
 * <p>The questions ({@link io.levee.bench.QueryBench}) are asked by one thread, one after the
 * other, of events that follow from a seed ({@code corpus}), so that each answer can be judged.
 */
@NullMarked
package io.levee.bench;

import org.jspecify.annotations.NullMarked;
