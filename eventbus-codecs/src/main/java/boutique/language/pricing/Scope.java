package boutique.language.pricing;

import boutique.language.catalog.ProductId;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Comparator;
import java.util.List;

/** What a rule takes its reduction off. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Scope.WholeOrder.class, name = "order"),
  @JsonSubTypes.Type(value = Scope.Products.class, name = "products")
})
public sealed interface Scope {
  boolean covers(ProductId product);

  /** Everything in the order. */
  record WholeOrder() implements Scope {
    @Override
    public boolean covers(ProductId product) {
      return true;
    }
  }

  /** The lines with these products. */
  record Products(List<ProductId> products) implements Scope {
    public Products {
      products =
          products.stream().distinct().sorted(Comparator.comparing(ProductId::value)).toList();
      if (products.isEmpty()) {
        throw new IllegalArgumentException("at least one product");
      }
    }

    @Override
    public boolean covers(ProductId product) {
      return products.contains(product);
    }
  }
}
