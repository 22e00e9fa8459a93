/**
 * What every protocol's decoder returns; decoders are pure: bytes in, events or a complaint out.
 */
@NullMarked
package io.levee.edge.decode;

import org.jspecify.annotations.NullMarked;
