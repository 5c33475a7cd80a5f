/**
 * Who is who, and who is here. Promises that an e-mail address belongs to one account, without
 * regard to case; that no event holds personal data, which is in the vault and gone when its person
 * is; that nobody can find out here who has an account; and that a refresh token is good once.
 * Hears its own facts, to keep the book of what has ended lately. Tells what happened to accounts
 * and sessions, and every gateway at once when sessions have ended.
 */
@NullMarked
package boutique.users;

import org.jspecify.annotations.NullMarked;
