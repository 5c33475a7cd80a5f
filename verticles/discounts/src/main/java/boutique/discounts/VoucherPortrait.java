package boutique.discounts;

import boutique.discounts.Voucher.Absent;
import boutique.discounts.Voucher.Offered;
import boutique.discounts.Voucher.Withdrawn;
import boutique.kernel.room.Room;
import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.discounts.VoucherCode;
import boutique.language.discounts.VoucherFace;
import boutique.language.users.UserId;
import org.jspecify.annotations.Nullable;

/** What a voucher shows: to each user how often they have used it, and to nobody who else has. */
final class VoucherPortrait implements Room.Portrait<Voucher> {

  @Override
  public @Nullable Face of(StreamId stream, Voucher voucher) {
    return switch (voucher) {
      case Absent _, Withdrawn _ -> null;
      case Offered offered -> face(stream, offered, 0);
    };
  }

  @Override
  public @Nullable Face of(StreamId stream, Voucher voucher, String asker) {
    return switch (voucher) {
      case Absent _, Withdrawn _ -> null;
      case Offered offered -> face(stream, offered, offered.redemptions().by(new UserId(asker)));
    };
  }

  private static Face face(StreamId stream, Offered offered, long byAsker) {
    return new VoucherFace(
        new VoucherCode(stream.key()),
        offered.terms(),
        offered.redemptions().used(),
        byAsker,
        offered.createdAt());
  }
}
