package boutique.launcher;

import boutique.gateway.sessions.Secret;
import boutique.gateway.sessions.SigningKeys;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of this shop: those that were configured, else those that it has made at the first
 * start and kept in the data directory ever after.
 */
record Keys(SigningKeys session, Secret email) {

  static Keys in(Path data, @Nullable Secret configured, @Nullable Secret previous) {
    var session =
        configured == null
            ? new SigningKeys(
                session(data).read(),
                previous == null ? previousSession(data).readIfThere() : previous)
            : new SigningKeys(configured, previous);
    return new Keys(session, file(data, "email.key").read());
  }

  /** Takes effect at the next start, and so does the end of the key before the previous one. */
  static void rotate(Path data) {
    session(data).renew(previousSession(data));
  }

  private static KeyFile session(Path data) {
    return file(data, "session.key");
  }

  private static KeyFile previousSession(Path data) {
    return file(data, "session.previous.key");
  }

  private static KeyFile file(Path data, String name) {
    return new KeyFile(data.resolve("keys").resolve(name));
  }
}
