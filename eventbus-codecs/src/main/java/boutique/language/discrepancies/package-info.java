/** The words of what people decide of a line on which the books of payments do not agree. */
@NullMarked
package boutique.language.discrepancies;

import org.jspecify.annotations.NullMarked;
