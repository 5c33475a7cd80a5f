/** What is said to and by the users room. */
@NullMarked
package boutique.language.users;

import org.jspecify.annotations.NullMarked;
