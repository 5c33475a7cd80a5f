/**
 * What shoppers mean to buy. Promises that the changes of one cart are applied in turn, that
 * nothing in it changes silently, and that a guest's cart becomes part of the account's, once,
 * whatever dies in between. Hears that a guest's cart was handed over, that an order is placed on
 * held money, and how orders end. Tells that a cart changed.
 */
@NullMarked
package boutique.carts;

import org.jspecify.annotations.NullMarked;
