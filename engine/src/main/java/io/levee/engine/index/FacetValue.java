package io.levee.engine.index;

/**
 * A value and how often it occurs.
 *
 * @param events the sum of the weights
 */
public record FacetValue(String value, long events) {}
