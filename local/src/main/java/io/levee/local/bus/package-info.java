/** The bus on this machine's disk: one partition, a spool. */
@NullMarked
package io.levee.local.bus;

import org.jspecify.annotations.NullMarked;
