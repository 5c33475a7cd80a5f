/**
 * The books of the provider, of the payments and of the orders, side by side. Promises that what
 * does not agree is found, in rounds of a bounded length, and counts when it is still so after a
 * grace; that only what is harmless twice is put right, by the rooms' own commands; and that a
 * payment is asked after as long as it is in question. Hears no facts: it asks the owners how
 * things stand, and at once about a charge of which the provider has said something. Tells
 * operators what does not agree, how its last round went, and whether the books add up; and what
 * they decide of that is a room of its own, whose facts say who has closed which line.
 *
 * <p>It uses the room as anybody may: its lists, and its commands over the bus. The room does not
 * know of it.
 */
@NullMarked
package boutique.payments.books;

import org.jspecify.annotations.NullMarked;
