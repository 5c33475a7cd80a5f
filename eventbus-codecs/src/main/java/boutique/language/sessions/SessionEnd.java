package boutique.language.sessions;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a session was over. */
public enum SessionEnd {
  /** Its user has signed out of it. */
  @JsonProperty("signed-out")
  SIGNED_OUT,

  /** A refresh token was presented that had been replaced: two hold what only one may hold. */
  @JsonProperty("token-reused")
  TOKEN_REUSED,

  /** It was not used for too long, or has lasted for too long. */
  @JsonProperty("expired")
  EXPIRED,

  /** Its account ended all its sessions, or is there no more. */
  @JsonProperty("account")
  ACCOUNT
}
