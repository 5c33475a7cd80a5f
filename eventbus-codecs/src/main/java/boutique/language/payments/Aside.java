package boutique.language.payments;

import boutique.language.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What there is beside the money that counts.
 *
 * @param surplus second charges, which go back
 * @param disputes the latest last
 * @param loose what has to be called off before the provider is asked for another charge
 * @param unfit what the provider says has become of what is under way, and does not fit
 * @param losses what of the money that counts was lost in disputes
 * @param doubted disputes that stand so with the provider, after they were decided otherwise
 */
public record Aside(
    List<SecondCharge> surplus,
    List<Dispute> disputes,
    List<Loose> loose,
    List<Unfit> unfit,
    List<Loss> losses,
    List<Dispute> doubted) {
  public static final Aside NOTHING =
      new Aside(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Aside {
    surplus = List.copyOf(surplus);
    disputes = List.copyOf(disputes);
    loose = List.copyOf(loose);
    unfit = List.copyOf(unfit);
    losses = List.copyOf(losses);
    doubted = List.copyOf(doubted);
  }

  public Aside with(SecondCharge one) {
    var others = surplus.stream().filter(other -> !other.charge().equals(one.charge()));
    return new Aside(and(others, one), disputes, loose, unfit, losses, doubted);
  }

  public Aside with(Dispute one) {
    var others = disputes.stream().filter(other -> !other.reference().equals(one.reference()));
    return new Aside(surplus, and(others, one), loose, unfit, losses, doubted);
  }

  public Aside with(Loose one) {
    return new Aside(surplus, disputes, and(loose.stream(), one), unfit, losses, doubted);
  }

  public Aside with(Unfit one) {
    var others = unfit.stream().filter(other -> !other.charge().equals(one.charge()));
    return new Aside(surplus, disputes, loose, and(others, one), losses, doubted);
  }

  public Aside with(Loss one) {
    var others = losses.stream().filter(other -> !other.dispute().equals(one.dispute()));
    return new Aside(surplus, disputes, loose, unfit, and(others, one), doubted);
  }

  /** The provider says now that it was decided otherwise. */
  public Aside doubting(String dispute, Dispute.Standing standing) {
    var all =
        Stream.concat(
            doubted.stream(),
            dispute(dispute).stream()
                .map(one -> new Dispute(one.reference(), one.amount(), one.reason(), standing)));
    return new Aside(surplus, disputes, loose, unfit, losses, all.toList());
  }

  /** When nothing can come of what was loose any more. */
  public Aside tied() {
    return new Aside(surplus, disputes, List.of(), unfit, losses, doubted);
  }

  /** When what was under way has come to something. */
  public Aside fitting() {
    return new Aside(surplus, disputes, loose, List.of(), losses, doubted);
  }

  public Optional<SecondCharge> surplus(String charge) {
    return surplus.stream().filter(one -> one.charge().equals(charge)).findFirst();
  }

  public Optional<Dispute> dispute(String reference) {
    return disputes.stream().filter(one -> one.reference().equals(reference)).findFirst();
  }

  public boolean hasLost(String dispute) {
    return losses.stream().anyMatch(one -> one.dispute().equals(dispute));
  }

  /** What was lost in all, in a currency. */
  public Money lost(String currency) {
    return losses.stream()
        .map(Loss::amount)
        .filter(amount -> amount.currency().equals(currency))
        .reduce(new Money(0, currency), Money::plus);
  }

  /** What was asked for under one key is asked for under the next. */
  public Aside renewed(String key, String next) {
    var after = surplus.stream().map(one -> one.key().equals(key) ? one.under(next) : one).toList();
    return new Aside(after, disputes, loose, unfit, losses, doubted);
  }

  private static <T> List<T> and(Stream<T> others, T one) {
    return Stream.concat(others, Stream.of(one)).toList();
  }
}
