/**
 * The language of the shop: everything that rooms, browsers, Kafka and the store say to each other.
 *
 * <p>One package per room holds its commands (imperative), events (past tense), ids and faces, all
 * immutable records; {@code codec} gives each of them its wire name. Nothing here decides anything.
 */
@NullMarked
package boutique.language;

import org.jspecify.annotations.NullMarked;
