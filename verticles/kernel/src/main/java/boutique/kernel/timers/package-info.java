/** The port behind which it is remembered what is to be done when. */
@NullMarked
package boutique.kernel.timers;

import org.jspecify.annotations.NullMarked;
