package boutique.language.discounts;

import boutique.language.Face;
import java.time.Instant;

/** A voucher, and by how many orders it is used. */
public record VoucherFace(VoucherCode code, Terms terms, long used, Instant createdAt)
    implements Face {}
