package boutique.gateway.door;

import boutique.kernel.limits.Rate;

/**
 * What strangers can try on an account that is not theirs, and how often.
 *
 * <p>From one address little, which is what a person needs who mistypes. From all addresses
 * together so much more that whoever has few of them never uses it up for the others, the owner
 * among them; that much is what there is to guess with for one who has a thousand.
 */
public enum Trial {
  PASSWORD,

  /** A mail each: the next one is due when the link of the last is not good any more. */
  MAILBOX;

  Traffic kind() {
    return switch (this) {
      case PASSWORD -> Traffic.SIGN_IN;
      case MAILBOX -> Traffic.RESET;
    };
  }

  Rate fromOneAddress() {
    return switch (this) {
      case PASSWORD -> Rate.of(20, 10_000);
      case MAILBOX -> Rate.of(5, 30 * 60_000);
    };
  }

  Rate fromAll() {
    return switch (this) {
      case PASSWORD -> Rate.of(200, 2_000);
      case MAILBOX -> Rate.of(30, 5 * 60_000);
    };
  }
}
