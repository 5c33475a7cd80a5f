/** The machinery of every room, without one business word: rules, and the bus that carries them. */
@NullMarked
package boutique.kernel;

import org.jspecify.annotations.NullMarked;
