/**
 * The payment of each order. Promises that what is asked of the provider is written first, under a
 * key that stays; that an answer which nobody has heard is asked for, and never charged again; and
 * that no more is given back than was taken. Hears of orders that are over, whose payment it calls
 * off. Tells what was paid, what has failed, and what was given back.
 */
@NullMarked
package boutique.payments;

import org.jspecify.annotations.NullMarked;
