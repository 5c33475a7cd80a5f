package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.payments.PaymentDecider.id;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.Money;
import boutique.language.payments.Outcome.Challenge;
import boutique.language.payments.Outcome.Denied;
import boutique.language.payments.Outcome.Held;
import boutique.language.payments.Outcome.Taken;
import boutique.language.payments.Outcome.Voided;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.payments.Payment.Absent;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Authorized;
import boutique.payments.Payment.Stage.Cancelled;
import boutique.payments.Payment.Stage.Cancelling;
import boutique.payments.Payment.Stage.Captured;
import boutique.payments.Payment.Stage.Capturing;
import boutique.payments.Payment.Stage.Challenged;
import boutique.payments.Payment.Stage.Charging;
import boutique.payments.Payment.Stage.Failed;
import boutique.payments.Payment.Stage.Open;
import boutique.payments.Payment.UnderWay;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an outcome changes. It may come twice, late, or in any order, and from several mouths: from
 * the provider's own answer, from its messages, and from whoever has asked again.
 */
final class Settling {
  /** What a buyer has to do whom the provider does not know well enough. */
  static final String PROVE = "prove";

  private static final String CURRENCY = "currency";
  private static final String AMOUNT = "amount";
  private static final String MODE = "mode";

  /** What is asked about money that is not the money that was asked for. */
  static final Set<String> UNFIT = Set.of(CURRENCY, AMOUNT, MODE);

  private Settling() {}

  static Decision<PaymentEvent> outcome(Payment payment, RecordOutcome c) {
    return switch (payment) {
      case Absent _ -> PaymentDecider.unknown();
      case Known known when c.notice() != null && known.notices().contains(c.notice()) -> accept();
      case Known known -> with(known, c, effect(known, c));
    };
  }

  /** A message that changes nothing needs no remembering: it will change nothing again. */
  private static Decision<PaymentEvent> with(
      Known known, RecordOutcome c, Optional<PaymentEvent> effect) {
    var notice =
        Optional.ofNullable(c.notice())
            .filter(_ -> effect.isPresent())
            .<PaymentEvent>map(name -> new NoticeTaken(c.order(), id(c), name, c.at()));
    return new Accepted<>(
        Stream.of(
                notice.stream(),
                effect.stream(),
                effect.stream().flatMap(one -> lostBefore(known, one)))
            .flatMap(events -> events)
            .toList());
  }

  /** In one commit with its being taken: so nobody gives back what its payer has already. */
  private static Stream<PaymentEvent> lostBefore(Known known, PaymentEvent effect) {
    return effect instanceof PaymentCreated e ? Disputing.lostBefore(known, e) : Stream.of();
  }

  private static Optional<PaymentEvent> effect(Known known, RecordOutcome c) {
    return switch (c.outcome()) {
      case Taken(var reference, var amount, var live) ->
          taken(known, c, new Claim(reference, amount, live));
      case Held(var reference, var amount, var live) ->
          held(known, c, new Claim(reference, amount, live));
      case Challenge(var reference, var amount, var live) ->
          challenged(known, c, new Claim(reference, amount, live));
      case Denied(var _, var code) -> denied(known, c, code);
      case Voided(var reference) -> voided(known, c, reference);
    };
  }

  /** Which money the provider speaks of. */
  private record Claim(String reference, Money amount, boolean live) {}

  private static Optional<PaymentEvent> taken(Known known, RecordOutcome c, Claim claim) {
    return switch (known.stage()) {
      case Captured(var first, var _) when first.equals(claim.reference()) -> Optional.empty();
      case Captured _ -> question(known, c, "stray", claim);
      // Asked for before under another key, and quicker: given up, or about to be called off.
      case Charging _ when known.keys().contains(c.key()) -> created(known, c, claim);
      case UnderWay now when !now.attempt().key().equals(c.key()) ->
          question(known, c, "stray", claim);
      case UnderWay _ -> created(known, c, claim);
      // It had been given up, and has succeeded nevertheless.
      case Open _, Failed _, Cancelled _ when known.keys().contains(c.key()) ->
          created(known, c, claim);
      case Open _, Failed _, Cancelled _ -> question(known, c, "stray", claim);
    };
  }

  private static Optional<PaymentEvent> created(Known known, RecordOutcome c, Claim claim) {
    return ifItFits(
        known,
        c,
        claim,
        new PaymentCreated(
            c.order(),
            id(c),
            known.sale().buyer(),
            claim.amount(),
            known.sale().items(),
            claim.reference(),
            c.at()));
  }

  /** What was called off is held no more: who says so was held up on the way. */
  private static Optional<PaymentEvent> held(Known known, RecordOutcome c, Claim claim) {
    if (known.before().calledOff().contains(claim.reference())) {
      return Optional.empty();
    }
    return switch (known.stage()) {
      case UnderWay now when !now.attempt().key().equals(c.key()) ->
          question(known, c, "stray", claim);
      case Charging _, Challenged _ -> authorized(known, c, claim);
      case Authorized _, Capturing _, Cancelling _, Captured _ -> Optional.empty();
      case Open _, Failed _, Cancelled _ -> question(known, c, "stray", claim);
    };
  }

  private static Optional<PaymentEvent> authorized(Known known, RecordOutcome c, Claim claim) {
    return ifItFits(
        known,
        c,
        claim,
        new PaymentAuthorized(c.order(), id(c), claim.reference(), claim.amount(), c.at()));
  }

  private static Optional<PaymentEvent> challenged(Known known, RecordOutcome c, Claim claim) {
    return known.stage() instanceof Charging(var attempt) && attempt.key().equals(c.key())
        ? ifItFits(
            known,
            c,
            claim,
            new PaymentChallenged(c.order(), id(c), claim.reference(), PROVE, c.at()))
        : Optional.empty();
  }

  private static Optional<PaymentEvent> denied(Known known, RecordOutcome c, String code) {
    return switch (known.stage()) {
      case Charging(var attempt) when attempt.key().equals(c.key()) -> failed(known, c, code);
      case Challenged(var attempt, var _) when attempt.key().equals(c.key()) ->
          failed(known, c, code);
      case Capturing(var attempt, var _) when attempt.key().equals(c.key()) ->
          failed(known, c, code);
      case Open _,
          Charging _,
          Challenged _,
          Authorized _,
          Capturing _,
          Cancelling _,
          Captured _,
          Failed _,
          Cancelled _ ->
          Optional.empty();
    };
  }

  private static Optional<PaymentEvent> failed(Known known, RecordOutcome c, String code) {
    return Optional.of(new PaymentFailed(c.order(), id(c), code, known.notBefore(c.at())));
  }

  /** Another charge that was called off is not the one that is waited for. */
  private static Optional<PaymentEvent> voided(Known known, RecordOutcome c, String reference) {
    return known.stage() instanceof UnderWay now
            && now.attempt().key().equals(c.key())
            && (now.reference() == null || now.reference().equals(reference))
        ? Optional.of(new PaymentCancelled(c.order(), id(c), known.notBefore(c.at())))
        : Optional.empty();
  }

  /** Money that is not the money that was asked for has no effect but to be told of. */
  private static Optional<PaymentEvent> ifItFits(
      Known known, RecordOutcome c, Claim claim, PaymentEvent effect) {
    var wanted = known.sale().amount();
    if (!claim.amount().currency().equals(wanted.currency())) {
      return question(known, c, CURRENCY, claim);
    }
    if (claim.amount().minor() != wanted.minor()) {
      return question(known, c, AMOUNT, claim);
    }
    return claim.live() == known.live() ? Optional.of(effect) : question(known, c, MODE, claim);
  }

  /** Once for each. */
  private static Optional<PaymentEvent> question(
      Known known, RecordOutcome c, String code, Claim claim) {
    return known.questions().contains(PaymentLife.question(code, claim.reference()))
        ? Optional.empty()
        : Optional.of(
            new PaymentQuestioned(
                c.order(), id(c), code, claim.reference(), claim.amount(), c.at()));
  }
}
