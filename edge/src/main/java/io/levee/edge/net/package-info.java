/**
 * HTTP as the doors see it: calls and replies without Jetty's types, bodies that are bounded while
 * they are read and decompressed, routes.
 */
@NullMarked
package io.levee.edge.net;

import org.jspecify.annotations.NullMarked;
