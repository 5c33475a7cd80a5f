/**
 * What the shop offers. Promises that a product, once created, can be found, and that its price is
 * what its seller said. Hears how much stock is left, for the list of products. Tells of new
 * products.
 */
@NullMarked
package boutique.catalog;

import org.jspecify.annotations.NullMarked;
