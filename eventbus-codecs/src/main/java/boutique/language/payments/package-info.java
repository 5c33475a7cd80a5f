/** What is said to and by the payments room. */
@NullMarked
package boutique.language.payments;

import org.jspecify.annotations.NullMarked;
