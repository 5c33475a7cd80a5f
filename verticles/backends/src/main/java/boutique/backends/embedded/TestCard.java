package boutique.backends.embedded;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a test token or payment method stands for. The names are Stripe's, and so is what they do,
 * so that what was tried here does the same there. An account there may have rules of its own for
 * cards of which a check fails or that are a risk; here there are none, so those are good.
 *
 * <p>What is in no line is unknown, among it the kinds of disputes beside {@code createDispute}:
 * each of them is a reason, and here there is one.
 *
 * @param last4 the last digits of the test card's number
 * @param challenged whether the buyer has to prove who they are first
 * @param denial why it is declined; empty if it is not
 * @param later what comes afterwards
 * @param isKept whether it can be left in a wallet
 */
record TestCard(
    String brand, String last4, boolean challenged, String denial, Later later, boolean isKept) {

  /** What a charge has in store. */
  enum Later {
    NOTHING,

    /** Its payer says that it is wrong. */
    DISPUTED,

    /** What is given back arrives only after a while. */
    REFUND_PENDS,

    /** What is given back comes back. */
    REFUND_FAILS
  }

  private static final TestCard UNKNOWN =
      new TestCard("visa", "4242", false, "resource_missing", Later.NOTHING, false);

  /** Takes part in the line of a card whose charge has something in store. */
  private static final Map<String, Later> LATER =
      Map.of(
          "disputed", Later.DISPUTED,
          "refund-pends", Later.REFUND_PENDS,
          "refund-fails", Later.REFUND_FAILS);

  /** Takes part in the line of a card whose buyer is asked first. */
  private static final String ASKED = "asked";

  /** Takes part in the line of a card that can be left, and is declined when it is paid with. */
  private static final String KEPT = "kept";

  /** By their names behind the prefix: the brand, the last digits, and what is special. */
  private static final Map<String, TestCard> CARDS =
      Stream.of(
              """
              visa visa 4242
              visa_debit visa 5556
              visa_cartesBancaires visa 1001
              visa_debit_eftposAuCoBranded visa 0001
              debit_visaFsaProductCode visa 0072
              debit_visaHsaProductCode visa 0072
              mastercard mastercard 4444
              mastercard_debit mastercard 8210
              mastercard_prepaid mastercard 5100
              mastercard_cartesBancaires mastercard 1001
              mastercard_debit_eftposAuCoBranded mastercard 0080
              mastercard_debit_mastercardFsaProductCode mastercard 8897
              amex amex 8431
              discover discover 1117
              diners diners 0004
              jcb jcb 0505
              unionpay unionpay 0005
              """,
              """
              us visa 4242
              ar visa 0021
              br visa 0002
              ca visa 0000
              cl visa 0001
              co visa 0003
              cr visa 0005
              ec visa 0000
              mx visa 8001
              pa visa 0000
              py visa 0066
              pe visa 0068
              uy visa 0003
              at visa 0008
              be visa 0004
              bg visa 0000
              by visa 0005
              cy visa 0008
              cz visa 0002
              dk visa 0001
              fi visa 0001
              fr visa 0003
              de visa 0016
              gr visa 0030
              hu visa 0005
              ie visa 0005
              it visa 0008
              lv visa 0005
              lt visa 0000
              lu visa 0006
              mt visa 0007
              nl visa 0002
              no visa 0007
              pl visa 0005
              pt visa 0007
              ro visa 0001
              sa visa 0007
              si visa 0006
              sk visa 0001
              es visa 0007
              se visa 0008
              ch visa 0009
              gb visa 0000
              gb_debit visa 0005
              au visa 0006
              cn visa 0002
              hk visa 0004
              in visa 0008
              jp visa 0003
              my visa 0002
              nz visa 0008
              sg visa 0003
              tw visa 0008
              th_credit visa 0003
              th_debit visa 0008
              """,
              """
              chargeDeclined visa 0002 card_declined
              chargeDeclinedInsufficientFunds visa 9995 insufficient_funds
              visa_debit_chargeDeclinedInsufficientFunds visa 9995 insufficient_funds
              chargeDeclinedLostCard visa 9987 lost_card
              chargeDeclinedStolenCard visa 9979 stolen_card
              chargeDeclinedExpiredCard visa 0069 expired_card
              chargeDeclinedIncorrectCvc visa 0127 incorrect_cvc
              chargeDeclinedProcessingError visa 0119 processing_error
              chargeDeclinedVelocityLimitExceeded visa 6975 card_velocity_exceeded
              chargeDeclinedFraudulent visa 0019 fraudulent
              radarBlock visa 0019 fraudulent
              chargeCustomerFail visa 0341 kept card_declined
              chargeCustomerFailLostCard visa 0341 kept lost_card
              chargeCustomerFailStolenCard visa 0341 kept stolen_card
              """,
              """
              threeDSecureRequired visa 3063 asked
              threeDSecure2Required visa 3220 asked
              threeDSecureRequiredChargeDeclined visa 1629 asked kept card_declined
              threeDSecureRequiredProcessingError visa 1280 kept card_declined
              threeDSecureOptional visa 3055
              threeDSecureOptionalProcessingError visa 3097
              amex_threeDSecureNotSupported amex 0005
              authenticationRequired visa 3184 asked
              authenticationRequiredOnSetup visa 3155 asked
              authenticationRequiredSetupForOffSession visa 0446 asked
              authenticationRequiredChargeDeclinedInsufficientFunds visa 3178 asked kept insufficient_funds
              """,
              """
              bypassPending visa 0077
              bypassPendingInternational visa 0278
              domesticPricing visa 0093
              avsFail visa 0010
              avsLine1Fail visa 0028
              avsZipFail visa 0036
              avsZipFailElevatedRisk visa 6072
              avsUnchecked visa 0044
              cvcCheckFail visa 0101
              cvcCheckFailElevatedRisk visa 7872
              riskLevelElevated visa 9235
              riskLevelHighest visa 4954
              createIssuerFraudRecord visa 5423
              """,
              """
              createDispute visa 0259 disputed
              pendingRefund visa 7726 refund-pends
              refundFail visa 5126 refund-fails
              """)
          .flatMap(String::lines)
          .map(line -> List.of(line.split(" ")))
          .collect(toUnmodifiableMap(List::getFirst, TestCard::read));

  private static TestCard read(List<String> line) {
    var special = line.subList(3, line.size());
    var denial =
        special.stream()
            .filter(word -> !word.equals(ASKED) && !word.equals(KEPT) && !LATER.containsKey(word))
            .findFirst()
            .orElse("");
    return new TestCard(
        line.get(1),
        line.get(2),
        special.contains(ASKED),
        denial,
        special.stream()
            .filter(LATER::containsKey)
            .findFirst()
            .map(LATER::get)
            .orElse(Later.NOTHING),
        denial.isEmpty() || special.contains(KEPT));
  }

  static TestCard of(String method) {
    return plain(method).map(CARDS::get).orElse(UNKNOWN);
  }

  /**
   * Tokens and payment methods have the same names behind different prefixes, and what becomes of a
   * charge is there with and without the brand before it.
   */
  private static Optional<String> plain(String method) {
    for (var prefix : new String[] {"tok_", "pm_card_"}) {
      if (method.startsWith(prefix)) {
        var name = method.substring(prefix.length());
        return Optional.of(name.startsWith("visa_charge") ? name.substring(5) : name);
      }
    }
    return Optional.empty();
  }
}
