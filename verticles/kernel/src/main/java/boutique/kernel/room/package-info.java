/**
 * How a room runs: one mailbox per stream, shards spread over instances, news told after commits.
 */
@NullMarked
package boutique.kernel.room;

import org.jspecify.annotations.NullMarked;
