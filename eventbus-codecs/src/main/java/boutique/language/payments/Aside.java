package boutique.language.payments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What there is beside the money that counts.
 *
 * @param surplus second charges, which go back
 * @param disputes the latest last
 */
public record Aside(List<SecondCharge> surplus, List<Dispute> disputes) {
  public static final Aside NOTHING = new Aside(List.of(), List.of());

  public Aside {
    surplus = List.copyOf(surplus);
    disputes = List.copyOf(disputes);
  }

  public Aside with(SecondCharge one) {
    var others = surplus.stream().filter(other -> !other.charge().equals(one.charge()));
    return new Aside(and(others, one), disputes);
  }

  public Aside with(Dispute one) {
    var others = disputes.stream().filter(other -> !other.reference().equals(one.reference()));
    return new Aside(surplus, and(others, one));
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
