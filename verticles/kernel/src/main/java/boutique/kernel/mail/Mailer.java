package boutique.kernel.mail;

import io.vertx.core.Future;

/** Brings mail to people. */
public interface Mailer {

  /** Completed when the mail is on its way and will not be lost here. */
  Future<Void> send(Mail mail);

  /** Deletes what is still kept here of mail to an address, whose owner is to be forgotten. */
  Future<Void> forget(String to);

  /** Answered when nothing more of what was forgotten before is on a disk here. */
  Future<Void> scrub();
}
