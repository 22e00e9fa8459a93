/**
 * Values and the expressions over them, as {@code eval} and {@code where} know them. Pure: nothing
 * here knows of stores.
 */
@NullMarked
package io.levee.engine.query.eval;

import org.jspecify.annotations.NullMarked;
