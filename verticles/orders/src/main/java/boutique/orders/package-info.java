/**
 * The life of an order. Promises that an order exists only with its stock reserved, that a checkout
 * which has begun ends, whatever dies in between, and that an unpaid order ends on time. Hears its
 * own facts. Tells that orders are created and cancelled.
 */
@NullMarked
package boutique.orders;

import org.jspecify.annotations.NullMarked;
