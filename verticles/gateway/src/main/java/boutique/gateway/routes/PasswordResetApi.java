package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Ids;
import boutique.gateway.door.Limiter;
import boutique.gateway.door.Trial;
import boutique.gateway.problems.Problem;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply.Refused;
import boutique.language.users.EmailHash;
import boutique.language.users.ResetToken;
import boutique.language.users.UserCommand.ConfirmPasswordReset;
import boutique.language.users.UserCommand.RequestPasswordReset;
import boutique.language.users.UserFace;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/users/password-reset}. */
public final class PasswordResetApi {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordResetApi.class);
  private static final Duration LIFETIME = Duration.ofMinutes(30);
  private static final int CHANCE_BYTES = 32;
  private static final Refused INVALID =
      new Refused("reset.invalid", "This link is not valid any more. Please ask for a new one.");

  private final SecureRandom random = new SecureRandom();
  private final Bus bus;
  private final InstantSource clock;
  private final SessionLife sessions;
  private final Limiter limiter;
  private final byte[] emailKey;

  public PasswordResetApi(
      Bus bus, InstantSource clock, SessionLife sessions, Limiter limiter, byte[] emailKey) {
    this.limiter = limiter;
    this.sessions = sessions;
    this.bus = bus;
    this.clock = clock;
    this.emailKey = emailKey.clone();
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "requestPasswordReset", this::request);
    Api.serve(routes, "confirmPasswordReset", this::confirm);
  }

  /** Answered before anybody has looked: neither the answer nor its time tells who is known. */
  private Future<Answer> request(RoutingContext ctx) {
    var account = EmailHash.of(Api.body(ctx).getString("email"), emailKey);
    var chance = new byte[CHANCE_BYTES];
    random.nextBytes(chance);
    var now = Api.now(clock);
    var command =
        new RequestPasswordReset(account, ResetToken.of(account, chance), now.plus(LIFETIME), now);
    return limiter
        .account(ctx, Trial.MAILBOX, account)
        .onSuccess(_ ->
            bus.ask(command, context(account))
                .onFailure(failure -> LOG.warn("no mail for a reset: {}", failure.getMessage())))
        .map(_ -> new Answer(202, null));
  }

  private Future<Answer> confirm(RoutingContext ctx) {
    var body = Api.body(ctx);
    var token = new ResetToken(body.getString("token"));
    var account = token.account();
    if (account == null) {
      throw Problem.refused(INVALID);
    }
    var command =
        new ConfirmPasswordReset(account, token, body.getString("password"), Api.now(clock));
    return bus.ask(command, context(account))
        .compose(reply -> Api.seen(reply, UserFace.class))
        .onSuccess(seen -> sessions.endEarlier(seen.face()))
        .map(_ -> Answer.nothing().changing(command.stream()));
  }

  private static Context context(EmailHash account) {
    return new Context(Ids.next(), null, account.value());
  }
}
