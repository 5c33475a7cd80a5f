/** The port behind which it is counted how much somebody may still ask for. */
@NullMarked
package boutique.kernel.limits;

import org.jspecify.annotations.NullMarked;
