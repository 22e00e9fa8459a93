/** The store for questions: search, count, histogram, facets. */
@NullMarked
package io.levee.engine.index;

import org.jspecify.annotations.NullMarked;
