/** What all features share at run time: failures and health. Depends on nothing. */
@NullMarked
package io.levee.engine.run;

import org.jspecify.annotations.NullMarked;
