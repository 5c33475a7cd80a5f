/**
 * What many nodes share: MongoDB keeps facts and documents, written on a majority of its members
 * when they are acknowledged. Nothing is asked of it but documents that are written whole and an
 * ordered primary key. Redis counts limits, and may be away.
 */
@NullMarked
package boutique.backends.distributed;

import org.jspecify.annotations.NullMarked;
