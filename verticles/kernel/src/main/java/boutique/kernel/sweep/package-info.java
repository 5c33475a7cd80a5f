/** What is done again and again, in case that nobody has told of it. */
@NullMarked
package boutique.kernel.sweep;

import org.jspecify.annotations.NullMarked;
