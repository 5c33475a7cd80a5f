package boutique.gateway.routes;

import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.AccessTokens;
import boutique.gateway.sessions.Client;
import boutique.gateway.sessions.RefreshToken;
import boutique.gateway.sessions.Revocations;
import boutique.gateway.sessions.Secret;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.SessionCookies;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply.Done;
import boutique.language.Revoked;
import boutique.language.StreamId;
import boutique.language.sessions.SessionCommand.EndSession;
import boutique.language.sessions.SessionCommand.OpenSession;
import boutique.language.sessions.SessionCommand.RefreshSession;
import boutique.language.sessions.SessionEnd;
import boutique.language.sessions.SessionFace;
import boutique.language.sessions.SessionId;
import boutique.language.users.UserFace;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Begins sessions, goes on with them and ends them, in the sessions room and in the asking client's
 * cookies. What has ended is refused on this node before the answer goes out.
 */
public final class SessionLife {
  private final Bus bus;
  private final InstantSource clock;
  private final SessionCookies cookies;
  private final AccessTokens tokens;
  private final Secret key;
  private final Revocations revocations;

  public SessionLife(
      Bus bus,
      InstantSource clock,
      SessionCookies cookies,
      AccessTokens tokens,
      Secret key,
      Revocations revocations) {
    this.bus = bus;
    this.clock = clock;
    this.cookies = cookies;
    this.tokens = tokens;
    this.key = key;
    this.revocations = revocations;
  }

  /** A new session of an account, for the client that asks: the stream of it. */
  Future<StreamId> open(RoutingContext ctx, UserFace user) {
    var first = RefreshToken.first(new SessionId(Ids.next()));
    var command =
        new OpenSession(
            first.session(),
            user.user(),
            user.hash(),
            user.epoch(),
            first.familyHash(),
            first.hash(),
            now());
    return bus.ask(command, context(user.user().value()))
        .compose(reply -> Api.seen(reply, SessionFace.class))
        .map(seen -> hand(ctx, user, seen.face(), first))
        .map(first.session().stream());
  }

  /** Which session the client's token is to go on with; null when there is none. */
  @Nullable StreamId presented(RoutingContext ctx) {
    var presented = cookies.refresh(ctx);
    return presented == null ? null : presented.session().stream();
  }

  /** Goes on with the client's session, as long as it and its account allow it. */
  Future<UserFace> refresh(RoutingContext ctx) {
    var presented = cookies.refresh(ctx);
    if (presented == null) {
      return Future.failedFuture(over());
    }
    return bus.look(presented.session().stream())
        .compose(seen ->
            seen.face() instanceof SessionFace session
                    && session.family().equals(presented.familyHash())
                ? refresh(ctx, presented, session)
                : Future.failedFuture(over()));
  }

  /** Ends the client's own session, known by either of its tokens. */
  Future<Void> close(RoutingContext ctx) {
    var session = Sessions.of(ctx);
    var presented = cookies.refresh(ctx);
    var ended =
        session != null
            ? end(session.sid(), SessionEnd.SIGNED_OUT, session.user().value())
            : presented != null ? end(presented) : Future.<Void>succeededFuture();
    return ended.onSuccess(_ -> cookies.clear(ctx));
  }

  /** All that an account had before its epoch grew. The room has ended them; so does this node. */
  void endEarlier(UserFace user) {
    endBefore(user.user(), user.epoch());
  }

  /** All that an account had, which is gone with its epochs. */
  void endAll(Session of) {
    endBefore(of.user(), of.epoch() + 1);
  }

  /** The client's cookies are of no use any more. */
  void clear(RoutingContext ctx) {
    cookies.clear(ctx);
  }

  private void endBefore(UserId user, long epoch) {
    revocations.add(new Revoked(user.value(), null, epoch));
  }

  private Future<UserFace> refresh(
      RoutingContext ctx, RefreshToken presented, SessionFace session) {
    return bus.look(session.accountStream())
        .compose(seen ->
            seen.face() instanceof UserFace user && allows(user, session)
                ? rotate(ctx, presented, user)
                : end(session.session(), SessionEnd.ACCOUNT, session.user().value())
                    .compose(_ -> Future.failedFuture(over())));
  }

  private Future<UserFace> rotate(RoutingContext ctx, RefreshToken presented, UserFace user) {
    var next = presented.successor(key, ctx.request().getHeader("Idempotency-Key"));
    var command =
        new RefreshSession(
            presented.session(), presented.familyHash(), presented.hash(), next.hash(), now());
    return bus.ask(command, context(user.user().value()))
        .compose(reply -> Api.seen(reply, SessionFace.class))
        .compose(seen -> {
          if (seen.face().over() != null) {
            revocations.add(new Revoked(user.user().value(), presented.session().value(), 0));
            return Future.failedFuture(over());
          }
          hand(ctx, user, seen.face(), next);
          return Future.succeededFuture(user);
        });
  }

  /** Whoever has held a token of a session may end it. */
  private Future<Void> end(RefreshToken presented) {
    return bus.look(presented.session().stream())
        .compose(seen ->
            seen.face() instanceof SessionFace session
                    && session.family().equals(presented.familyHash())
                ? end(session.session(), SessionEnd.SIGNED_OUT, session.user().value())
                : Future.succeededFuture());
  }

  private Future<Void> end(SessionId session, SessionEnd because, String user) {
    return bus.ask(new EndSession(session, because, now()), context(user))
        .map(reply -> {
          if (reply instanceof Done) {
            revocations.add(new Revoked(user, session.value(), 0));
          }
          return null;
        });
  }

  private @Nullable Void hand(
      RoutingContext ctx, UserFace user, SessionFace session, RefreshToken refresh) {
    var access =
        tokens.sign(
            new Session(
                user.user(),
                user.hash(),
                session.session(),
                session.epoch(),
                user.roles(),
                tokens.expiry()));
    cookies.set(
        ctx, access, tokens.life(), refresh, Duration.between(clock.instant(), session.until()));
    Client.becomes(ctx, user.user().value());
    return null;
  }

  /** The account is still this user's, is not blocked, and has ended nothing since. */
  private static boolean allows(UserFace user, SessionFace session) {
    return user.user().equals(session.user()) && !user.blocked() && user.epoch() == session.epoch();
  }

  private static Problem over() {
    return Problem.of(401, "session.over", "The session is over. Please sign in.");
  }

  private static Context context(String user) {
    return new Context(Ids.next(), null, user);
  }

  private Instant now() {
    return Api.now(clock);
  }
}
