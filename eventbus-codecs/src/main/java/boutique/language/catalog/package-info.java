/** What is said to and by the catalog room. */
@NullMarked
package boutique.language.catalog;

import org.jspecify.annotations.NullMarked;
