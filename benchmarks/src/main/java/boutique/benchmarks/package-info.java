/**
 * How fast the shop is, said as ratios: each figure is taken beside its denominator, in the same
 * run on the same machine, and held against a bar. Nothing of the shop depends on this.
 */
@NullMarked
package boutique.benchmarks;

import org.jspecify.annotations.NullMarked;
