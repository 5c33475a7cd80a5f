/** What is said to and by the orders room. */
@NullMarked
package boutique.language.orders;

import org.jspecify.annotations.NullMarked;
