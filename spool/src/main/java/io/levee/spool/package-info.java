/** The durable log. */
@NullMarked
package io.levee.spool;

import org.jspecify.annotations.NullMarked;
