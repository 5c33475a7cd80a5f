/**
 * How facts reach the rooms and the world: in order per stream, at least once, never blocked by
 * one.
 */
@NullMarked
package boutique.kernel.feed;

import org.jspecify.annotations.NullMarked;
