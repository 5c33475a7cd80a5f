/** What is said to and by the discounts room. */
@NullMarked
package boutique.language.discounts;

import org.jspecify.annotations.NullMarked;
