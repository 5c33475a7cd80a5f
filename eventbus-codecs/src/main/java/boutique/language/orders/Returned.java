package boutique.language.orders;

import boutique.language.catalog.ProductId;

/** So many of a product that came back. */
public record Returned(ProductId product, long quantity) {}
