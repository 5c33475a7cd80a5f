/**
 * Everything that one process needs, in that process: RocksDB keeps facts and documents, durable
 * when they are acknowledged, and a Kafka broker of its own tells the world.
 */
@NullMarked
package boutique.backends.embedded;

import org.jspecify.annotations.NullMarked;
