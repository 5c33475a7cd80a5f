package boutique.discounts;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.discounts.Voucher.Absent;
import boutique.discounts.Voucher.Offered;
import boutique.discounts.Voucher.Redemptions;
import boutique.discounts.Voucher.Withdrawn;
import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.discounts.DiscountCommand;
import boutique.language.discounts.DiscountCommand.ChangeVoucher;
import boutique.language.discounts.DiscountCommand.CreateVoucher;
import boutique.language.discounts.DiscountCommand.DeleteVoucher;
import boutique.language.discounts.DiscountCommand.RedeemVoucher;
import boutique.language.discounts.DiscountCommand.ReleaseVoucher;
import boutique.language.discounts.DiscountEvent;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.discounts.DiscountEvent.DiscountChanged;
import boutique.language.discounts.DiscountEvent.DiscountCreated;
import boutique.language.discounts.DiscountEvent.DiscountDeleted;
import boutique.language.discounts.DiscountEvent.DiscountReleased;
import boutique.language.discounts.VoucherCode;
import java.util.Map;

/** The rules of a voucher. */
public final class VoucherDecider implements Decider<DiscountCommand, Voucher, DiscountEvent> {

  @Override
  public Voucher initial() {
    return new Absent();
  }

  @Override
  public Decision<DiscountEvent> decide(Voucher voucher, DiscountCommand command) {
    return switch (command) {
      case CreateVoucher c -> create(voucher, c);
      case ChangeVoucher c -> change(voucher, c);
      case DeleteVoucher c -> delete(voucher, c);
      case RedeemVoucher c -> redeem(voucher, c);
      case ReleaseVoucher c -> release(redemptions(voucher), c);
    };
  }

  @Override
  public Voucher evolve(Voucher voucher, DiscountEvent event) {
    return switch (event) {
      case DiscountCreated e -> new Offered(e.terms(), e.at(), Redemptions.NONE);
      case DiscountChanged e -> changed(voucher, e);
      case DiscountDeleted _ -> new Withdrawn(redemptions(voucher));
      case DiscountApplied e -> with(voucher, redemptions(voucher).plus(e.order(), e.user()));
      case DiscountReleased e -> with(voucher, redemptions(voucher).minus(e.order(), e.user()));
    };
  }

  private static Decision<DiscountEvent> create(Voucher voucher, CreateVoucher c) {
    return switch (voucher) {
      case Absent _ -> accept(new DiscountCreated(c.code(), c.terms(), c.at()));
      case Offered(var terms, var _, var _) when terms.equals(c.terms()) -> accept();
      case Offered _, Withdrawn _ ->
          refuse("voucher.exists", "The code " + c.code() + " was given to a voucher before.");
    };
  }

  private static Decision<DiscountEvent> change(Voucher voucher, ChangeVoucher c) {
    return switch (voucher) {
      case Offered(var terms, var _, var _) ->
          terms.equals(c.terms())
              ? accept()
              : accept(new DiscountChanged(c.code(), c.terms(), c.at()));
      case Absent _, Withdrawn _ -> unknown();
    };
  }

  private static Decision<DiscountEvent> delete(Voucher voucher, DeleteVoucher c) {
    return switch (voucher) {
      case Offered _ -> accept(new DiscountDeleted(c.code(), c.at()));
      case Withdrawn _ -> accept();
      case Absent _ -> unknown();
    };
  }

  /** Whoever guesses codes learns from no refusal whether there is, was or will be such a one. */
  private static Decision<DiscountEvent> redeem(Voucher voucher, RedeemVoucher c) {
    if (redemptions(voucher).users().containsKey(c.order())) {
      return accept(); // a retry: already used for this order
    }
    return switch (voucher) {
      case Absent _, Withdrawn _ -> invalid(c.code());
      case Offered(var terms, var _, var redemptions) -> {
        if (!terms.isGoodAt(c.at()) || terms.isUsedUp(redemptions.used())) {
          yield invalid(c.code());
        }
        if (terms.isUsedUpBy(redemptions.by(c.user()))) {
          yield refused(c.code(), "voucher.used", "You have used this voucher already.");
        }
        if (!terms.rule(c.code()).equals(c.rule())) {
          yield refused(
              c.code(), "voucher.changed", "The voucher has changed meanwhile; look at the price.");
        }
        yield accept(
            new DiscountApplied(c.code(), c.order(), c.user(), redemptions.used() + 1, c.at()));
      }
    };
  }

  private static Decision<DiscountEvent> release(Redemptions redemptions, ReleaseVoucher c) {
    var user = redemptions.users().get(c.order());
    return user == null
        ? accept()
        : accept(new DiscountReleased(c.code(), c.order(), user, redemptions.used() - 1, c.at()));
  }

  private static Decision<DiscountEvent> invalid(VoucherCode code) {
    return refused(code, "voucher.invalid", "This voucher is not valid.");
  }

  private static Decision<DiscountEvent> refused(VoucherCode voucher, String code, String detail) {
    return refuse(code, detail, Map.of("voucher", voucher.value()));
  }

  private static Decision<DiscountEvent> unknown() {
    return refuse("voucher.not-found", "There is no such voucher.");
  }

  private static Voucher changed(Voucher voucher, DiscountChanged e) {
    return switch (voucher) {
      case Offered(var _, var createdAt, var redemptions) ->
          new Offered(e.terms(), createdAt, redemptions);
      case Absent _, Withdrawn _ -> throw new IllegalStateException("changed, but not there");
    };
  }

  private static Voucher with(Voucher voucher, Redemptions redemptions) {
    return switch (voucher) {
      case Offered(var terms, var createdAt, var _) -> new Offered(terms, createdAt, redemptions);
      case Withdrawn _ -> new Withdrawn(redemptions);
      case Absent _ -> throw new IllegalStateException("used, but not there");
    };
  }

  private static Redemptions redemptions(Voucher voucher) {
    return switch (voucher) {
      case Absent _ -> Redemptions.NONE;
      case Offered(var _, var _, var redemptions) -> redemptions;
      case Withdrawn(var redemptions) -> redemptions;
    };
  }
}
