package boutique.users;

import boutique.kernel.room.Room;
import boutique.kernel.store.Views;
import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.users.EmailHash;
import boutique.language.users.UserCommand;
import boutique.language.users.UserEvent;
import boutique.language.users.UserFace;
import boutique.users.Account.Free;
import boutique.users.Account.Open;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** The users room, put together. */
public final class UsersRoom {
  private UsersRoom() {}

  public static Room<UserCommand, Account, UserEvent> room(Vertx vertx, Views views) {
    var vault = new Vault(views);
    var passwords = new Passwords(vertx);
    return new Room<UserCommand, Account, UserEvent>(
            "users", UserCommand.class, new AccountDecider(), UsersRoom::face)
        .through((desk, _) -> new Door(desk, vault, passwords));
  }

  private static @Nullable Face face(StreamId stream, Account account) {
    return switch (account) {
      case Free _ -> null;
      case Open(var user, var person, var roles, var epoch, var blocked, var _) ->
          new UserFace(user, new EmailHash(stream.key()), roles, epoch, blocked, person);
    };
  }
}
