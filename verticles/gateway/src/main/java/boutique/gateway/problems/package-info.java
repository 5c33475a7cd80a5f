/** What goes wrong, and how it is said: a problem with a stable code and one clear sentence. */
@NullMarked
package boutique.gateway.problems;

import org.jspecify.annotations.NullMarked;
