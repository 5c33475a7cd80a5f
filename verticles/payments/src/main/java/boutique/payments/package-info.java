/**
 * The payment of each order. Promises that what is asked of the provider is written first, under a
 * key that stays; that an answer which nobody has heard is asked for, and never charged again; and
 * that no more is given back than was taken, and what has come back is owed again. Hears of orders
 * that are over, whose payment it calls off. Tells what was paid, what has failed, what was given
 * back, what has not arrived, and what was lost in disputes.
 */
@NullMarked
package boutique.payments;

import org.jspecify.annotations.NullMarked;
