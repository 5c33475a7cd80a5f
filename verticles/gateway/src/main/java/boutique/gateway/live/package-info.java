/**
 * Open sockets. Promises that each hears nothing but what its user may see, and closes when the
 * session ends.
 */
@NullMarked
package boutique.gateway.live;

import org.jspecify.annotations.NullMarked;
