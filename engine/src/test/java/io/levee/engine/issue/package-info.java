@NullMarked
package io.levee.engine.issue;

import org.jspecify.annotations.NullMarked;
