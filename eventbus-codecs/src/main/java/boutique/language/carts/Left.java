package boutique.language.carts;

import boutique.language.catalog.ProductId;

/** How many of a product could be bought when somebody looked. */
public record Left(ProductId product, long available) {}
