/**
 * A believable week of a company that sells outdoor gear, for people who want to see the house with
 * somebody living in it: what its four programs would have sent, as the real clients write it.
 */
@NullMarked
package io.levee.app.demo;

import org.jspecify.annotations.NullMarked;
