/** Questions that somebody keeps under a name. */
@NullMarked
package io.levee.engine.question;

import org.jspecify.annotations.NullMarked;
