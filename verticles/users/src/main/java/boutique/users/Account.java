package boutique.users;

import boutique.language.users.UserId;

/** What is known of one e-mail address. */
sealed interface Account {

  /** Nobody has signed up with it. */
  record Free() implements Account {}

  /** It belongs to somebody. */
  record Open(UserId user) implements Account {}
}
