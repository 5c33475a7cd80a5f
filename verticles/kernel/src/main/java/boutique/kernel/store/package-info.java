/** The ports behind which facts and documents are kept, in terms of what they promise. */
@NullMarked
package boutique.kernel.store;

import org.jspecify.annotations.NullMarked;
