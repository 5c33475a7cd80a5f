/**
 * What a request passes before any route sees it. Promises that it is well formed, comes from where
 * it may, and that too many are turned away before they cost anything.
 */
@NullMarked
package boutique.gateway.door;

import org.jspecify.annotations.NullMarked;
