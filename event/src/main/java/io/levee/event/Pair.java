package io.levee.event;

/**
 * A name and a value where names may repeat and their order matters: headers, cookies, form fields.
 */
public record Pair(String key, String value) {}
