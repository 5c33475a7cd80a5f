/** One class for each part of the contract. Turns requests into commands and answers into JSON. */
@NullMarked
package boutique.gateway.routes;

import org.jspecify.annotations.NullMarked;
