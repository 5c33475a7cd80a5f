package boutique.users;

import boutique.kernel.Bus;
import boutique.kernel.mail.Mailer;
import boutique.kernel.store.Views;
import boutique.kernel.sweep.Sweep;
import boutique.language.StreamId;
import boutique.language.users.UserCommand;
import boutique.language.users.UserFace;
import boutique.users.Vault.Mark;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tidies up the vault after whoever died before it could: asks the account which document counts,
 * and deletes the others that a mark speaks of. So nobody stays in the vault who never signed up,
 * and nobody who was erased.
 */
public final class Tidying implements Sweep.Round {
  public static final Duration EVERY = Duration.ofSeconds(30);

  /** Much longer than anybody can wait for an answer: what is younger may be on its way. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final Vault vault;
  private final Erasure erasure;
  private final InstantSource clock;

  public Tidying(Views views, Mailer mailer, InstantSource clock) {
    this.vault = new Vault(views);
    this.erasure = new Erasure(vault, mailer);
    this.clock = clock;
  }

  @Override
  public Future<?> go(Bus bus) {
    return sweep(bus, clock.instant().minus(SETTLED), null);
  }

  private Future<Void> sweep(Bus bus, Instant before, @Nullable String after) {
    return vault
        .marks(after)
        .compose(marks ->
            marks.isEmpty()
                ? Future.succeededFuture()
                : tidy(bus, before, marks)
                    .compose(_ -> sweep(bus, before, Vault.key(marks.getLast()))));
  }

  private Future<Void> tidy(Bus bus, Instant before, List<Mark> marks) {
    var tidied = Future.<Void>succeededFuture();
    for (var mark : marks) {
      if (mark.at().isBefore(before)) {
        tidied = tidied.compose(_ -> tidy(bus, mark));
      }
    }
    return tidied;
  }

  private Future<Void> tidy(Bus bus, Mark mark) {
    return bus.look(new StreamId(UserCommand.ROOM, mark.account().value()))
        .compose(done ->
            done.face() instanceof UserFace face && face.user().equals(mark.user())
                ? vault.tidy(mark, face.person())
                : erasure.of(mark));
  }
}
