package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.payments.PaymentDecider.id;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.payments.Dispute;
import boutique.language.payments.Dispute.Standing;
import boutique.language.payments.PaymentCommand.RecordDispute;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentLost;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Captured;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That a payer has called a charge wrong is written down and told. It moves no goods, and no money
 * in our books until the bank has decided: people answer it. When it is lost, the money is the
 * payer's again; if it is what was paid with, the order has lost it. What is over does not begin
 * again because an old message comes late; if it is decided otherwise, that is asked about.
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

  /** A second charge was never what the order was paid with, nor was another currency. */
  private static Optional<PaymentEvent> lost(Known known, RecordDispute c) {
    var dispute = c.dispute();
    return dispute.standing() == Standing.LOST
            && known.stage() instanceof Captured(var reference, var _)
            && reference.equals(c.charge())
            && dispute.amount().currency().equals(known.sale().amount().currency())
        ? Optional.of(
            new PaymentLost(
                c.order(), id(c), dispute.reference(), reference, dispute.amount(), c.at()))
        : Optional.empty();
  }

  private static List<PaymentEvent> noticed(RecordDispute c, List<PaymentEvent> effect) {
    return c.notice() == null || effect.isEmpty()
        ? effect
        : Stream.concat(
                Stream.of(new NoticeTaken(c.order(), id(c), c.notice(), c.at())), effect.stream())
            .toList();
  }
}
