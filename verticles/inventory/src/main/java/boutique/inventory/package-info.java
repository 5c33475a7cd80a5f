/**
 * Who may have how many of what. Promises that {@code received = available + reserved} after every
 * event and that nothing is reserved beyond what is there. Hears that orders are cancelled, and
 * gives back what they held. Tells how many are left.
 */
@NullMarked
package boutique.inventory;

import org.jspecify.annotations.NullMarked;
