/**
 * Answers questions of the pipe language: plans what the index counts by itself, reads events for
 * the rest, and runs the stages over them within limits.
 */
@NullMarked
package io.levee.engine.ask;

import org.jspecify.annotations.NullMarked;
