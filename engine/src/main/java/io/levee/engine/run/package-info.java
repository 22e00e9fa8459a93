/** What all features share at run time: failures, health, and the loop that drives subscribers. */
@NullMarked
package io.levee.engine.run;

import org.jspecify.annotations.NullMarked;
