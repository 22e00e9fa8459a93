/** Tests of the query language. */
@NullMarked
package io.levee.engine.query;

import org.jspecify.annotations.NullMarked;
