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
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The users room, put together. */
public final class UsersRoom {
  private UsersRoom() {}

  public static Room<UserCommand, Account, UserEvent> room(
      Vertx vertx, Views views, Mailer mailer, Supplier<String> publicUrl) {
    return room(vertx, views, mailer, publicUrl, System::nanoTime, alarm(vertx));
  }

  /**
   * The same with another clock.
   *
   * @param nanos of a clock that only goes on
   * @param alarm rings when somebody is to be told that they are not let in
   */
  public static Room<UserCommand, Account, UserEvent> room(
      Vertx vertx,
      Views views,
      Mailer mailer,
      Supplier<String> publicUrl,
      LongSupplier nanos,
      Alarm alarm) {
    var vault = new Vault(views);
    var passwords = new Passwords(vertx);
    var refusals = new Refusals(nanos, alarm);
    return new Room<UserCommand, Account, UserEvent>(
            UserCommand.ROOM, UserCommand.class, new AccountDecider(), UsersRoom::face)
        .telling(UsersRoom::news)
        .through((desk, _) -> new Door(desk, vault, passwords, refusals, mailer, publicUrl));
  }

  /** Outside of all verticles: one that leaves would take its alarms along. */
  private static Alarm alarm(Vertx vertx) {
    var outside = vertx.getOrCreateContext();
    return (in, then) ->
        outside.runOnContext(
            _ -> vertx.setTimer(Math.max(1, in.plusNanos(999_999).toMillis()), _ -> then.run()));
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
