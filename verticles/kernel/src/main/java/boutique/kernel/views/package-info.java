/** Read models: documents folded from facts, and rebuilt beside the live ones. */
@NullMarked
package boutique.kernel.views;

import org.jspecify.annotations.NullMarked;
