/**
 * The pipe language: its stages, one file each, with how a stage is read, what it does to rows, and
 * what it needs of events. {@link io.levee.engine.query.pipe.PipelineParser} reads a question;
 * {@code engine.ask} answers it.
 */
@NullMarked
package io.levee.engine.query.pipe;

import org.jspecify.annotations.NullMarked;
