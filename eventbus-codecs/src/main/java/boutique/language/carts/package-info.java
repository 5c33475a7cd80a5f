/** What is said to and by the carts room. */
@NullMarked
package boutique.language.carts;

import org.jspecify.annotations.NullMarked;
