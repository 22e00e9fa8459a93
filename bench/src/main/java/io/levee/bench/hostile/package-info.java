/** What somebody who means harm sends: made here, sent by the proof. Pure: no network, no files. */
@NullMarked
package io.levee.bench.hostile;

import org.jspecify.annotations.NullMarked;
