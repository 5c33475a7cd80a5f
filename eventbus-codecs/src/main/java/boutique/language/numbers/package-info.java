/** The words of the register that gives orders their numbers. */
@NullMarked
package boutique.language.numbers;

import org.jspecify.annotations.NullMarked;
