/** The whole shop, put together: its configuration, its start and its end. */
@NullMarked
package boutique.launcher;

import org.jspecify.annotations.NullMarked;
