/**
 * What the kernel's ports are kept with: {@code embedded} for one process that needs nothing beside
 * it, {@code distributed} for many nodes that share their servers.
 */
@NullMarked
package boutique.backends;

import org.jspecify.annotations.NullMarked;
