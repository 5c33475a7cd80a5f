/**
 * Who is who. Promises that an e-mail address belongs to one account, without regard to case, and
 * that no event holds personal data: addresses and password hashes are in the vault. Hears nothing.
 * Tells that accounts were opened.
 */
@NullMarked
package boutique.users;

import org.jspecify.annotations.NullMarked;
