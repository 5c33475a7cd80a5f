package boutique.language.users;

import boutique.language.Face;

/** Whose account it is. The address and the password's hash are in the vault. */
public record UserFace(UserId user) implements Face {}
