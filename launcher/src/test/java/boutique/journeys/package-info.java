/** The whole shop, as a process of its own, met only where the world meets it. */
@NullMarked
package boutique.journeys;

import org.jspecify.annotations.NullMarked;
