@NullMarked
package io.levee.engine.query.pipe;

import org.jspecify.annotations.NullMarked;
