package boutique.launcher;

import boutique.gateway.sessions.Secret;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.users.EmailHash;
import boutique.language.users.Role;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserFace;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;

/**
 * The first operator, whose account is made at the first start: only operators make others. An
 * account that is there already is left as it is.
 */
final class Operator {
  private static final Context CONTEXT = new Context("operator", null, "boutique");
  private static final int RANDOM_BYTES = 15;

  private final Bus bus;
  private final InstantSource clock;
  private final Secret emailKey;
  private final Config config;
  private final PrintStream out;

  Operator(Bus bus, InstantSource clock, Secret emailKey, Config config, PrintStream out) {
    this.bus = bus;
    this.clock = clock;
    this.emailKey = emailKey;
    this.config = config;
    this.out = out;
  }

  Future<Void> ensure() {
    var account = EmailHash.of(config.operatorEmail(), emailKey.bytes());
    return bus.look(new StreamId(UserCommand.ROOM, account.value()))
        .compose(done ->
            switch (done.face()) {
              case UserFace face -> Future.succeededFuture(known(face));
              case null, default -> make(account);
            });
  }

  private Void known(UserFace face) {
    if (!face.roles().contains(Role.OPERATOR)) {
      out.println("The account of operator.email is no operator's, and stays as it is.");
    }
    return null;
  }

  /** Told first: an account with a password that nobody has read would be lost. */
  private Future<Void> make(EmailHash account) {
    var email = config.operatorEmail();
    var password = config.operatorPassword();
    if (password.isEmpty()) {
      password = random();
      out.println(
          "The operator is %s with the password %s (told only this once)."
              .formatted(email, password));
    }
    var user = new UserId(UUID.randomUUID().toString());
    var roles = Set.of(Role.CUSTOMER, Role.OPERATOR);
    return bus.ask(new SignUp(account, user, roles, email, password, clock.instant()), CONTEXT)
        .map(Operator::made);
  }

  private static Void made(Reply reply) {
    return switch (reply) {
      case Done _ -> null;
      case Refused(var code, var detail, var _) ->
          throw new IllegalStateException("no operator: " + code + ", " + detail);
    };
  }

  private static String random() {
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
