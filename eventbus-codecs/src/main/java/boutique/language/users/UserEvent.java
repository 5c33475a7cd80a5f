package boutique.language.users;

import boutique.language.Event;
import java.time.Instant;

/** What has happened to an account. */
public sealed interface UserEvent extends Event {
  UserId user();

  record UserCreated(UserId user, Instant at) implements UserEvent {}
}
