/** Events of one fingerprint are one issue: grouping, counts, states. */
@NullMarked
package io.levee.engine.issue;

import org.jspecify.annotations.NullMarked;
