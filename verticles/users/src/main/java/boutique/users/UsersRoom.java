package boutique.users;

import boutique.kernel.mail.Mailer;
import boutique.kernel.room.Room;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views;
import boutique.language.Broadcast;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.Revoked;
import boutique.language.StreamId;
import boutique.language.users.EmailHash;
import boutique.language.users.UserCommand;
import boutique.language.users.UserEvent;
import boutique.language.users.UserEvent.EndsSessions;
import boutique.language.users.UserFace;
import boutique.users.Account.Free;
import boutique.users.Account.Open;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The users room, put together. */
public final class UsersRoom {
  private UsersRoom() {}

  public static Room<UserCommand, Account, UserEvent> room(
      Vertx vertx, Views views, Mailer mailer, Supplier<String> publicUrl) {
    var vault = new Vault(views);
    var passwords = new Passwords(vertx);
    return new Room<UserCommand, Account, UserEvent>(
            UserCommand.ROOM, UserCommand.class, new AccountDecider(), UsersRoom::face)
        .telling(UsersRoom::news)
        .through((desk, _) -> new Door(desk, vault, passwords, mailer, publicUrl));
  }

  private static List<? extends Broadcast> news(Recorded recorded, Event event, Account after) {
    return event instanceof EndsSessions e
        ? List.of(new Revoked(e.user().value(), null, e.epoch()))
        : List.of();
  }

  private static @Nullable Face face(StreamId stream, Account account) {
    return switch (account) {
      case Free _ -> null;
      case Open(var user, var person, var roles, var epoch, var blocked, var _) ->
          new UserFace(user, new EmailHash(stream.key()), roles, epoch, blocked, person);
    };
  }
}
