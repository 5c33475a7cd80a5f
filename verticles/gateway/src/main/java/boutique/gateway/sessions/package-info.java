/**
 * Who asks. Promises that a token is what this shop has signed, and that what was ended is refused
 * at once.
 */
@NullMarked
package boutique.gateway.sessions;

import org.jspecify.annotations.NullMarked;
