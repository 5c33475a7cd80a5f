/**
 * Mail, in terms of what is promised of it, and the box that it stays in when nobody delivers it.
 */
@NullMarked
package boutique.kernel.mail;

import org.jspecify.annotations.NullMarked;
