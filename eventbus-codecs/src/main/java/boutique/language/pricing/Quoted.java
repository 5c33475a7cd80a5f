package boutique.language.pricing;

import boutique.language.Reply.Refused;
import java.util.List;

/**
 * The price with the rules that apply, and for each of the others why it does not.
 *
 * @param objections one for each rule left out; its facts name the {@code voucher}
 */
public record Quoted(Quote quote, List<Refused> objections) {
  public Quoted {
    objections = List.copyOf(objections);
  }
}
