@NullMarked
package io.levee.local.measure;

import org.jspecify.annotations.NullMarked;
