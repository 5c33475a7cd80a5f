package boutique.language.payments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What there is beside the money that counts.
 *
 * @param surplus second charges, which go back
 * @param disputes the latest last
 * @param loose what has to be called off before the provider is asked for another charge
 */
public record Aside(List<SecondCharge> surplus, List<Dispute> disputes, List<Loose> loose) {
  public static final Aside NOTHING = new Aside(List.of(), List.of(), List.of());

  public Aside {
    surplus = List.copyOf(surplus);
    disputes = List.copyOf(disputes);
    loose = List.copyOf(loose);
  }

  public Aside with(SecondCharge one) {
    var others = surplus.stream().filter(other -> !other.charge().equals(one.charge()));
    return new Aside(and(others, one), disputes, loose);
  }

  public Aside with(Dispute one) {
    var others = disputes.stream().filter(other -> !other.reference().equals(one.reference()));
    return new Aside(surplus, and(others, one), loose);
  }

  public Aside with(Loose one) {
    return new Aside(surplus, disputes, and(loose.stream(), one));
  }

  /** When nothing can come of what was loose any more. */
  public Aside tied() {
    return new Aside(surplus, disputes, List.of());
  }

  public Optional<SecondCharge> surplus(String charge) {
    return surplus.stream().filter(one -> one.charge().equals(charge)).findFirst();
  }

  public Optional<Dispute> dispute(String reference) {
    return disputes.stream().filter(one -> one.reference().equals(reference)).findFirst();
  }

  private static <T> List<T> and(Stream<T> others, T one) {
    return Stream.concat(others, Stream.of(one)).toList();
  }
}
