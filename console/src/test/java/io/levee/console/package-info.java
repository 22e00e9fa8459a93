/** Tests of the pages, in process and in a browser, over stores that live in memory. */
@NullMarked
package io.levee.console;

import org.jspecify.annotations.NullMarked;
