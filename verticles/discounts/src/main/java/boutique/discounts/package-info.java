/**
 * Vouchers. Promises that none is used more often than its limits say, however many checkouts run
 * at once, and that what an order has used is given back when the order comes to nothing. Hears
 * that checkouts fail and orders are cancelled. Tells who has used what.
 */
@NullMarked
package boutique.discounts;

import org.jspecify.annotations.NullMarked;
