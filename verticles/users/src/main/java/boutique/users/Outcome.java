package boutique.users;

import boutique.language.Reply.Refused;

/** What an edit makes of a person. */
sealed interface Outcome {

  record Becomes(Person person) implements Outcome {}

  record Not(Refused because) implements Outcome {}
}
