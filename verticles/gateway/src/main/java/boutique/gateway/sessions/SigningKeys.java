package boutique.gateway.sessions;

import org.jspecify.annotations.Nullable;

/**
 * What signs the tokens.
 *
 * @param current signs, and verifies
 * @param previous only verifies, so that a key can be replaced and nobody notices
 */
public record SigningKeys(Secret current, @Nullable Secret previous) {}
