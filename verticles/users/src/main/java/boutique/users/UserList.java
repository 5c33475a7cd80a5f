package boutique.users;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.users.Role;
import boutique.language.users.UserCommand;
import boutique.language.users.UserEvent;
import boutique.language.users.UserEvent.PasswordChanged;
import boutique.language.users.UserEvent.PasswordReset;
import boutique.language.users.UserEvent.PasswordResetRequested;
import boutique.language.users.UserEvent.PersonChanged;
import boutique.language.users.UserEvent.RolesChanged;
import boutique.language.users.UserEvent.SessionsEnded;
import boutique.language.users.UserEvent.UserBlocked;
import boutique.language.users.UserEvent.UserCreated;
import boutique.language.users.UserEvent.UserErased;
import boutique.language.users.UserEvent.UserUnblocked;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accounts by user id, which grow with time; who the people are is not in it. Says in which stream
 * somebody's account is.
 */
public final class UserList implements View {
  @Override
  public String name() {
    return "users";
  }

  @Override
  public Set<String> rooms() {
    return Set.of(UserCommand.ROOM);
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return event instanceof UserEvent e ? e.user().value() : null;
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    if (!(event instanceof UserEvent of)) {
      return before;
    }
    return switch (of) {
      case UserCreated e ->
          new JsonObject()
              .put("account", recorded.stream().key())
              .put("roles", roles(e.roles()))
              .put("blocked", false);
      case RolesChanged e -> with(before, "roles", roles(e.roles()));
      case UserBlocked _ -> with(before, "blocked", true);
      case UserUnblocked _ -> with(before, "blocked", false);
      case UserErased _ -> null;
      case PersonChanged _,
          PasswordChanged _,
          PasswordResetRequested _,
          PasswordReset _,
          SessionsEnded _ ->
          before;
    };
  }

  private static @Nullable JsonObject with(
      @Nullable JsonObject before, String field, Object value) {
    return before == null ? null : before.put(field, value);
  }

  private static JsonArray roles(Set<Role> roles) {
    return new JsonArray(roles.stream().map(Role::toString).toList());
  }
}
