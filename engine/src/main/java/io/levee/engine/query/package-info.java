/** The query language's tree, its parser, and what it means for a single event. */
@NullMarked
package io.levee.engine.query;

import org.jspecify.annotations.NullMarked;
