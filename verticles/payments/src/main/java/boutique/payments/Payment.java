package boutique.payments;

import boutique.language.Money;
import boutique.language.payments.Aside;
import boutique.language.payments.Attempt;
import boutique.language.payments.PaymentEvent.ChargeLost;
import boutique.language.payments.Refund;
import boutique.language.payments.Sale;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A payment, by the stage of its life. */
sealed interface Payment {

  /** Nobody has wanted to pay. */
  record Absent() implements Payment {}

  /**
   * Somebody has.
   *
   * @param live whether it is real money
   * @param keys with which the provider was or will be asked
   * @param notices the provider's messages that had an effect, or were a reason to ask
   * @param questions what was told already
   * @param aside what there is beside the money that counts
   * @param before what has to be known of its charges later
   */
  record Known(
      Sale sale,
      boolean live,
      Keys keys,
      Stage stage,
      Set<String> notices,
      Set<String> questions,
      Aside aside,
      Before before)
      implements Payment {
    public Known {
      notices = Set.copyOf(notices);
      questions = Set.copyOf(questions);
    }

    static Known opened(Sale sale) {
      return new Known(
          sale,
          false,
          Keys.NONE,
          new Stage.Open(),
          Set.of(),
          Set.of(),
          Aside.NOTHING,
          Before.NOTHING);
    }

    Known at(Stage next) {
      return new Known(sale, live, keys, next, notices, questions, aside, before);
    }

    Known of(Sale wanted, boolean real) {
      return new Known(wanted, real, keys, stage, notices, questions, aside, before);
    }

    Known under(Keys more) {
      return new Known(sale, live, more, stage, notices, questions, aside, before);
    }

    Known noticed(String notice) {
      return new Known(sale, live, keys, stage, with(notices, notice), questions, aside, before);
    }

    Known questioned(String question) {
      return new Known(sale, live, keys, stage, notices, with(questions, question), aside, before);
    }

    Known beside(Aside changed) {
      return new Known(sale, live, keys, stage, notices, questions, changed, before);
    }

    Known after(Before changed) {
      return new Known(sale, live, keys, stage, notices, questions, aside, changed);
    }

    /** When something is said to have happened, whatever the clock says that it is now. */
    Instant notBefore(Instant at) {
      return at.isBefore(before.latest()) ? before.latest() : at;
    }

    private static Set<String> with(Set<String> some, String one) {
      return Stream.concat(some.stream(), Stream.of(one)).collect(Collectors.toSet());
    }
  }

  /**
   * What has to be known of charges later.
   *
   * @param calledOff which were called off: what is still said of them is old
   * @param lost which were lost in disputes, when nobody here knew of one that was taken
   * @param latest when the last thing has happened: clocks may go back, and the order takes what is
   *     older than its payment's beginning for news of an earlier one
   */
  record Before(Set<String> calledOff, List<ChargeLost> lost, Instant latest) {
    static final Before NOTHING = new Before(Set.of(), List.of(), Instant.MIN);

    public Before {
      calledOff = Set.copyOf(calledOff);
      lost = List.copyOf(lost);
    }

    Before calledOff(String charge) {
      return new Before(Known.with(calledOff, charge), lost, latest);
    }

    Before lost(ChargeLost one) {
      return new Before(calledOff, Stream.concat(lost.stream(), Stream.of(one)).toList(), latest);
    }

    Before at(Instant moment) {
      return moment.isAfter(latest) ? new Before(calledOff, lost, moment) : this;
    }

    boolean hasLost(String dispute) {
      return lost.stream().anyMatch(one -> one.dispute().equals(dispute));
    }
  }

  /** Where it stands. */
  sealed interface Stage {

    /** The buyer may pay. */
    record Open() implements Stage {}

    /** The provider is being asked, and nobody knows what it has done. */
    record Charging(Attempt attempt) implements UnderWay {
      @Override
      public @Nullable String reference() {
        return null;
      }
    }

    /** The buyer has to prove who they are. */
    record Challenged(Attempt attempt, String reference) implements UnderWay {}

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
            .filter(Refund::counts)
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

    /** The provider's name of it; null as long as nobody knows it. */
    @Nullable String reference();
  }
}
