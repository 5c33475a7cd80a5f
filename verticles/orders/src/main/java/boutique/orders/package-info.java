/**
 * The life of an order. Promises that an order exists only with its stock reserved, that a checkout
 * which has begun ends, whatever dies in between, that an unpaid order ends on time, that whoever
 * pays has what they paid for or has their money back, and that nothing skips a stage. Hears its
 * own facts, which vouchers are used, which carts are locked, and what becomes of payments. Tells
 * each stage of an order.
 */
@NullMarked
package boutique.orders;

import org.jspecify.annotations.NullMarked;
