/**
 * Who may have how many of what. Promises that {@code received = available + reserved + allocated +
 * sold + written off} after every event, that nothing is kept for anybody beyond what is there, and
 * that what is kept for an order begins once and ends once. Hears of new products, whose books it
 * opens, of orders that are placed on held money, for which it keeps what they have, and of
 * cancelled orders, which give that back. Tells how many are left, and when that is few.
 */
@NullMarked
package boutique.inventory;

import org.jspecify.annotations.NullMarked;
