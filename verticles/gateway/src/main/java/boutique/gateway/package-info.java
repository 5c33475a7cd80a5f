/**
 * The only HTTP. Promises that what reaches a room is well formed and comes from who it says, that
 * every error is a problem with a stable code, and that a socket hears nothing but what its user
 * may see. Asks the rooms; hears the news and passes it on to open browsers. Here are the contract
 * and what puts the rest together; a request goes through the door, to its route.
 */
@NullMarked
package boutique.gateway;

import org.jspecify.annotations.NullMarked;
