/** What was counted: the ledger of the door, per project, key and minute. */
@NullMarked
package io.levee.engine.measure;

import org.jspecify.annotations.NullMarked;
