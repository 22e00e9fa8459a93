/** The store for keeps: every event as canonical JSON, cheap, readable without us. */
@NullMarked
package io.levee.engine.archive;

import org.jspecify.annotations.NullMarked;
