package boutique.language.inventory;

import boutique.language.Face;
import boutique.language.catalog.ProductId;

/** A product's stock: {@code received = available + reserved}. */
public record StockFace(ProductId product, long received, long available, long reserved)
    implements Face {}
