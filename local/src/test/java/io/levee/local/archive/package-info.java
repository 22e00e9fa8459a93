/** The archive in files, put to the test. */
@NullMarked
package io.levee.local.archive;

import org.jspecify.annotations.NullMarked;
