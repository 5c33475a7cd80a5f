/** The port behind which money is taken and given back. */
@NullMarked
package boutique.kernel.payment;

import org.jspecify.annotations.NullMarked;
