/**
 * The program: configuration, wiring, life cycle, command line. The only place that knows every
 * module.
 */
@NullMarked
package io.levee.app;

import org.jspecify.annotations.NullMarked;
