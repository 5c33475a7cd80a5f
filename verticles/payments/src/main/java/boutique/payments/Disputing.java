package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.payments.PaymentDecider.id;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.payments.Dispute;
import boutique.language.payments.Dispute.Standing;
import boutique.language.payments.PaymentCommand.RecordDispute;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.ChargeLost;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentLost;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Captured;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That a payer has called a charge wrong is written down and told. It moves no goods, and no money
 * in our books until the bank has decided: people answer it. When it is lost, the money is the
 * payer's again; if it is what was paid with, or turns out to be, the order has lost it. What is
 * over does not begin again because an old message comes late; if it is decided otherwise, that is
 * asked about.
 */
final class Disputing {
  /** What the provider says of a dispute that was decided otherwise, as it is asked about. */
  static final Map<String, Standing> VERDICTS =
      Map.of(code(Standing.WON), Standing.WON, code(Standing.LOST), Standing.LOST);

  private Disputing() {}

  static Decision<PaymentEvent> record(Payment payment, RecordDispute c) {
    return switch (payment) {
      case Payment.Absent _ -> PaymentDecider.unknown();
      case Known known when c.notice() != null && known.notices().contains(c.notice()) -> accept();
      case Known known -> new Accepted<>(noticed(c, effect(known, c)));
    };
  }

  private static List<PaymentEvent> effect(Known known, RecordDispute c) {
    var before = known.aside().dispute(c.dispute().reference()).map(Dispute::standing);
    var begun = before.isEmpty() ? Stream.<PaymentEvent>of(begun(c)) : Stream.<PaymentEvent>empty();
    return before.isPresent() && before.get() != Standing.OPEN
        ? again(known, c, before.get())
        : Stream.of(begun, closed(c).stream(), lost(known, c).stream())
            .flatMap(events -> events)
            .toList();
  }

  private static List<PaymentEvent> again(Known known, RecordDispute c, Standing before) {
    return c.dispute().standing() == before ? lostBefore(known, c, before) : doubted(known, c);
  }

  /** A bank that decides once more is asked about by people: what is posted stays. */
  private static List<PaymentEvent> doubted(Known known, RecordDispute c) {
    var dispute = c.dispute();
    var code = code(dispute.standing());
    return dispute.standing() == Standing.OPEN
            || known.questions().contains(PaymentLife.question(code, dispute.reference()))
        ? List.of()
        : List.of(
            new PaymentQuestioned(
                c.order(), id(c), code, dispute.reference(), dispute.amount(), c.at()));
  }

  private static String code(Standing verdict) {
    return "dispute-" + verdict.wireName();
  }

  /** It was lost before losses were written: then that is made up for, once. */
  private static List<PaymentEvent> lostBefore(Known known, RecordDispute c, Standing before) {
    var dispute = c.dispute().reference();
    return before == Standing.LOST && !known.aside().hasLost(dispute)
        ? lost(known, c).stream().toList()
        : List.of();
  }

  private static PaymentEvent begun(RecordDispute c) {
    var dispute = c.dispute();
    return new PaymentDisputed(
        c.order(), id(c), dispute.reference(), dispute.amount(), dispute.reason(), c.at());
  }

  private static Optional<PaymentEvent> closed(RecordDispute c) {
    var dispute = c.dispute();
    return switch (dispute.standing()) {
      case OPEN -> Optional.empty();
      case WON, LOST ->
          Optional.of(
              new DisputeClosed(
                  c.order(),
                  id(c),
                  dispute.reference(),
                  dispute.amount(),
                  dispute.standing() == Standing.WON,
                  c.at()));
    };
  }

  /**
   * A second charge was never what the order was paid with, nor was another currency. As long as
   * nobody here knows of one that was taken, it may be what will be paid with.
   */
  private static Optional<PaymentEvent> lost(Known known, RecordDispute c) {
    if (c.dispute().standing() != Standing.LOST) {
      return Optional.empty();
    }
    var lost =
        new ChargeLost(
            c.order(), id(c), c.dispute().reference(), c.charge(), c.dispute().amount(), c.at());
    return known.stage() instanceof Captured(var reference, var _)
        ? lost(known, lost, reference, c.at())
        : Optional.<PaymentEvent>of(lost).filter(_ -> !known.before().hasLost(lost.dispute()));
  }

  private static Optional<PaymentEvent> lost(
      Known known, ChargeLost lost, String reference, Instant at) {
    return reference.equals(lost.charge())
            && lost.amount().currency().equals(known.sale().amount().currency())
        ? Optional.of(
            new PaymentLost(
                lost.order(), lost.payment(), lost.dispute(), reference, lost.amount(), at))
        : Optional.empty();
  }

  /** What was lost of a charge before it was known here that it was taken. */
  static Stream<PaymentEvent> lostBefore(Known known, PaymentCreated taken) {
    return known.before().lost().stream()
        .flatMap(one -> lost(known, one, taken.reference(), taken.at()).stream());
  }

  private static List<PaymentEvent> noticed(RecordDispute c, List<PaymentEvent> effect) {
    return c.notice() == null || effect.isEmpty()
        ? effect
        : Stream.concat(
                Stream.of(new NoticeTaken(c.order(), id(c), c.notice(), c.at())), effect.stream())
            .toList();
  }
}
