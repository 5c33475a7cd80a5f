/** What is said to and by the inventory room. */
@NullMarked
package boutique.language.inventory;

import org.jspecify.annotations.NullMarked;
