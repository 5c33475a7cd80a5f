/**
 * For whoever runs the shop, at a door of its own: what is counted anyway, as Prometheus reads it.
 * Promises that to look costs the shop nothing that its buyers would feel, and that no number bears
 * anybody's name. Hears and tells nothing.
 */
@NullMarked
package boutique.ops;

import org.jspecify.annotations.NullMarked;
