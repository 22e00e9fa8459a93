@NullMarked
package io.levee.edge.sentry;

import org.jspecify.annotations.NullMarked;
