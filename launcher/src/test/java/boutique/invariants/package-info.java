/** What must be true of the store at any time, as functions over it. */
@NullMarked
package boutique.invariants;

import org.jspecify.annotations.NullMarked;
