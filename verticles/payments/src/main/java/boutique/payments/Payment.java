package boutique.payments;

import boutique.language.Money;
import boutique.language.payments.Attempt;
import boutique.language.payments.Refund;
import boutique.language.payments.Refund.Standing;
import boutique.language.payments.Sale;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A payment, by the stage of its life. */
sealed interface Payment {

  /** Nobody has wanted to pay. */
  record Absent() implements Payment {}

  /**
   * Somebody has.
   *
   * @param live whether it is real money
   * @param keys every key that the provider was or will be asked with, the latest last
   * @param notices the provider's messages that had an effect, or were a reason to ask
   * @param questions what was told already
   * @param surplus the second charges that are to be given back, and how far that is
   */
  record Known(
      Sale sale,
      boolean live,
      List<String> keys,
      Stage stage,
      Set<String> notices,
      Set<String> questions,
      Map<String, Standing> surplus)
      implements Payment {
    public Known {
      keys = List.copyOf(keys);
      notices = Set.copyOf(notices);
      questions = Set.copyOf(questions);
      surplus = Map.copyOf(surplus);
    }

    static Known opened(Sale sale) {
      return new Known(sale, false, List.of(), new Stage.Open(), Set.of(), Set.of(), Map.of());
    }

    Known at(Stage next) {
      return new Known(sale, live, keys, next, notices, questions, surplus);
    }

    Known of(Sale wanted, boolean real) {
      return new Known(wanted, real, keys, stage, notices, questions, surplus);
    }

    Known under(String key) {
      return new Known(sale, live, with(keys, key).toList(), stage, notices, questions, surplus);
    }

    Known noticed(String notice) {
      return new Known(
          sale, live, keys, stage, Set.copyOf(with(notices, notice).toList()), questions, surplus);
    }

    Known questioned(String question) {
      return new Known(
          sale,
          live,
          keys,
          stage,
          notices,
          Set.copyOf(with(questions, question).toList()),
          surplus);
    }

    Known surplus(String charge, Standing standing) {
      var more = new HashMap<>(surplus);
      more.put(charge, standing);
      return new Known(sale, live, keys, stage, notices, questions, more);
    }

    private static Stream<String> with(Collection<String> some, String one) {
      return Stream.concat(some.stream(), Stream.of(one)).distinct();
    }
  }

  /** Where it stands. */
  sealed interface Stage {

    /** The buyer may pay. */
    record Open() implements Stage {}

    /** The provider is being asked, and nobody knows what it has done. */
    record Charging(Attempt attempt) implements UnderWay {}

    /** The buyer has to prove who they are. */
    record Challenged(Attempt attempt, String reference, String action) implements UnderWay {}

    /** The money is held. */
    record Authorized(Attempt attempt, String reference) implements UnderWay {}

    /** Held money is being taken. */
    record Capturing(Attempt attempt, String reference) implements UnderWay {}

    /** It is being called off. */
    record Cancelling(Attempt attempt, String reference) implements UnderWay {}

    /** The money is ours, but for what was given back. */
    record Captured(String reference, List<Refund> refunds) implements Stage {
      public Captured {
        refunds = List.copyOf(refunds);
      }

      /** What is neither given back nor about to be. */
      Money left(Money taken) {
        return refunds.stream()
            .filter(refund -> refund.standing() != Standing.DENIED)
            .map(Refund::amount)
            .reduce(taken, Money::minus);
      }
    }

    /** No money was taken; the buyer may try again. */
    record Failed(String code) implements Stage {}

    /** It was called off; while the order can be paid, the buyer may try again. */
    record Cancelled() implements Stage {}
  }

  /** An attempt that the provider knows of, or may. */
  sealed interface UnderWay extends Stage {
    Attempt attempt();
  }
}
