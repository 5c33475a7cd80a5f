package boutique.catalog;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.catalog.CatalogCommand.CreateProduct;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import boutique.language.catalog.ProductId;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A product")
class ProductDeciderTest {
  private static final ProductId VASE = new ProductId("vase");
  private static final UserId ANNA = new UserId("anna");
  private static final Money PRICE = new Money(3800, "USD");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  @DisplayName("is created as its seller describes it")
  void created() {
    Rules.of(new ProductDecider())
        .when(new CreateProduct(VASE, ANNA, "Vase", PRICE, 3, NOW))
        .then(new ProductCreated(VASE, ANNA, "Vase", PRICE, 3, NOW));
  }

  @Test
  @DisplayName("is created once")
  void once() {
    Rules.of(new ProductDecider())
        .given(List.of(new ProductCreated(VASE, ANNA, "Vase", PRICE, 3, NOW)))
        .when(new CreateProduct(VASE, ANNA, "Vase", PRICE, 3, NOW))
        .thenNothing();
  }
}
