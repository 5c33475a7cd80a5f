package boutique.kernel.mail;

/** One mail to one person, in both forms that mail programs show. */
public record Mail(String to, String subject, String text, String html) {

  @Override
  public String toString() {
    return "Mail"; // whom it goes to and what it says is nobody else's business
  }
}
