/**
 * What things cost, and why: one arithmetic for the cart, the preview and the order, so that they
 * cannot disagree. Pure, in whole minor units.
 */
@NullMarked
package boutique.language.pricing;

import org.jspecify.annotations.NullMarked;
