@NullMarked
package io.levee.engine.query.eval;

import org.jspecify.annotations.NullMarked;
