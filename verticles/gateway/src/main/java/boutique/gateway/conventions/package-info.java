/**
 * What every route keeps, written once: a repeat is answered as the first time, a stale version is
 * refused, a page ends where the next begins.
 */
@NullMarked
package boutique.gateway.conventions;

import org.jspecify.annotations.NullMarked;
