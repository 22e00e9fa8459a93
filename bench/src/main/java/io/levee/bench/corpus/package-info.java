/**
 * The events that {@code ./levee bench query} asks about. An event follows from its number and the
 * seed alone, so the right answer to a question is known without asking anyone.
 */
@NullMarked
package io.levee.bench.corpus;

import org.jspecify.annotations.NullMarked;
