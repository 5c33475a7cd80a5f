/**
 * What is spoken with Kafka: committed facts on their way out, as CloudEvents, and back in to
 * whoever follows them.
 *
 * <p>Promises: in order per stream, at least once, never a gap; a Kafka that is away makes facts
 * wait and nothing else. Every client has one thread of its own here, because Kafka's calls block.
 */
@NullMarked
package boutique.kafka;

import org.jspecify.annotations.NullMarked;
