package boutique.gateway;

import boutique.language.users.UserId;

/** Who is at the other end, and until when that is certain. */
record Session(UserId user, String email, long expiresAtSeconds) {}
