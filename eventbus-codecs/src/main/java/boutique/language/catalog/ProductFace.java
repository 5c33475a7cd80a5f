package boutique.language.catalog;

import boutique.language.Face;
import boutique.language.Money;
import boutique.language.users.UserId;

/** A product as the catalog knows it; how many are left is the inventory's to say. */
public record ProductFace(ProductId product, UserId seller, String title, Money price)
    implements Face {}
