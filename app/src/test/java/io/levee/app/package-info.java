@NullMarked
package io.levee.app;

import org.jspecify.annotations.NullMarked;
