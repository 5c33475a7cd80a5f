package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The storefront, in a real browser,")
@Timeout(600)
class StorefrontStaysSignedInIT {
  private static final String ACCOUNT =
      "document.querySelector('account-button').textContent.trim().replace(/\\s+/g, ' ')";
  private static final String LINE = "document.querySelector('connection-light').textContent";

  @TempDir Path data;
  @TempDir Path profile;

  @Test
  @DisplayName("goes on while its tokens come and go, and knows when the session is over elsewhere")
  void goesOn() {
    try (var browser =
            Chromium.open(profile)
                .orElseGet(() -> abort("there is no Chromium to open the shop in"));
        var shop = ShopProcess.open(data, "--sessions.accessLife=4s")) {
      browser.visit(shop.base() + "/");
      browser.run(
          "import('/account/session.js').then(({ openSession }) =>"
              + " openSession().signUp('anna@example.com', 'correct horse'))");
      browser.visit(shop.base() + "/");
      await().until(() -> browser.run(ACCOUNT).asText().contains("anna@example.com"));

      await().until(() -> renewals(browser) >= 2);

      assertThat(browser.run(ACCOUNT).asText()).contains("anna@example.com");
      browser.visit(shop.base() + "/");
      await().until(() -> browser.run(ACCOUNT).asText().contains("anna@example.com"));
      var elsewhere = Shopper.stranger(shop);
      elsewhere.signsIn("anna@example.com");
      assertThat(
              elsewhere
                  .post("/api/users/signout-all", JsonNodeFactory.instance.objectNode())
                  .status())
          .isEqualTo(204);

      await().until(() -> browser.run(ACCOUNT).asText().equals("Sign in"));
      await().until(() -> !browser.run(LINE).asText().isEmpty());
    }
  }

  /** How often the page has got a new proof since it was opened. */
  private static int renewals(Chromium browser) {
    return browser
        .run(
            "performance.getEntriesByType('resource')"
                + ".filter(({ name }) => name.endsWith('/api/users/refresh')).length")
        .asInt();
  }
}
