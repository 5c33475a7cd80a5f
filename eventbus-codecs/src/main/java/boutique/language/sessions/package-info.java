/** What is said to and by the sessions room. */
@NullMarked
package boutique.language.sessions;

import org.jspecify.annotations.NullMarked;
