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

/** The provider's own script is not loaded here: something stands in for it that answers as it. */
@DisplayName("The card form, in a real browser,")
@Timeout(600)
class CardFormIT {
  private static final String CONFIG = "/api/payments/config";
  private static final String DIALOG = "document.querySelector('card-dialog dialog')";
  private static final String CARD_FORM = "https://js.stripe.com";

  /** Takes down what it is asked, and names every card like this. */
  private static final String STRIPE =
      """
      window.Stripe = (key) => ({
        elements: () => ({ create: () => ({
          mount: (where) => { where.textContent = 'the field of ' + key; },
          destroy: () => { document.querySelector('.card-field').textContent = ''; },
        }) }),
        createPaymentMethod: async () => ({ paymentMethod: { id: 'THE CARD' } }),
        handleNextAction: async ({ clientSecret }) => { window.asked = clientSecret; await window.proved; return {}; },
      })
      """;

  private static final String CARDS = "/api/payments/stripe/payment-method";
  private static final String PROOF = "document.querySelector('card-dialog .proof')";
  private static final String FORM = "document.querySelector('card-dialog form')";
  private static final String ASK_PAYER =
      "document.querySelector('order-card [data-act=\"ask-payer\"]')";
  private static final String CARD_LIST = "document.querySelector('card-list')";

  @TempDir Path data;
  @TempDir Path profile;

  @Test
  @DisplayName("asks for a card, keeps it with the provider if one likes, and pays with it")
  void pays() {
    try (var browser = browser();
        var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var anna = signsUp(browser, shop);
      opens(browser, anna, "pm_anna");
      assertThat(browser.run("document.querySelector('.card-field').innerText").asText())
          .isEqualTo("the field of pk_test_1");

      browser.run("document.querySelector('card-dialog').form.elements.keep.click()");
      submits(browser);

      await().until(() -> complete(anna, 1));
      await().until(() -> !browser.run(DIALOG + ".open").asBoolean());
      assertThat(stripe.charged()).containsExactly("pm_anna");
      opens(browser, anna, "pm_other");
      assertThat(browser.run(DIALOG + ".innerText").asText())
          .contains("Visa ···· 4242, until 12/40");
      submits(browser);
      await().until(() -> complete(anna, 2));
      assertThat(stripe.charged()).containsExactly("pm_anna", "pm_anna");
    }
  }

  @Test
  @DisplayName("has the buyer answer their bank where it asks")
  void asked() {
    try (var browser = browser();
        var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var anna = signsUp(browser, shop);
      opens(browser, anna, TinyStripe.ASKED);
      isAsked(browser, "(proved) => { window.prove = proved; }");
      assertThat(stripe.charged()).isEmpty();

      stripe.prove();
      browser.run("window.prove()");

      await().until(() -> complete(anna, 1));
      assertThat(stripe.charged()).containsExactly(TinyStripe.ASKED);
    }
  }

  @Test
  @DisplayName("is there only where a key is configured, and only then may its script be loaded")
  void onlyThen() {
    try (var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var stranger = Shopper.stranger(shop);
      assertThat(stranger.get(CONFIG).json(200).get("publishableKey").asText())
          .isEqualTo("pk_test_1");
      assertThat(policy(stranger))
          .contains("script-src 'self' " + CARD_FORM + ";")
          .contains("; frame-src " + CARD_FORM + " https://hooks.stripe.com;")
          .contains("connect-src 'self' https://api.stripe.com;");
    }
    try (var shop = ShopProcess.open(data, "--payments.stripe.publishableKey=pk_test_1")) {
      var stranger = Shopper.stranger(shop);
      assertThat(stranger.get(CONFIG).json(200).get("publishableKey").isNull()).isTrue();
      assertThat(policy(stranger))
          .contains("script-src 'self';")
          .doesNotContain("stripe")
          .doesNotContain("https:");
    }
  }

  @Test
  @DisplayName("is not needed with the simulated provider: one press pays")
  void onePress() {
    try (var browser = browser();
        var shop = ShopProcess.open(data)) {
      var anna = signsUp(browser, shop);
      order(browser, anna);
      press(browser);

      await().until(() -> complete(anna, 1));
      assertThat(browser.run(DIALOG + ".open").asBoolean()).isFalse();
    }
  }

  @Test
  @DisplayName(
      "asks which one where a card was left, and shows a page to look at them and forget them")
  void leftCards() {
    try (var browser = browser();
        var shop = ShopProcess.open(data)) {
      var anna = signsUp(browser, shop);
      browser.visit("about:blank");
      browser.visit(anna.shop() + "/#/cards");
      clicks(browser, "[data-act='leave-test-card']");
      await().until(() -> browser.run(CARD_LIST + ".innerText").asText().contains("4242"));
      assertThat(anna.get(CARDS).json(200).get("items")).hasSize(1);

      order(browser, anna);
      press(browser);
      await().until(() -> browser.run(DIALOG + ".open").asBoolean());
      assertThat(browser.run(DIALOG + ".innerText").asText())
          .contains("Visa ···· 4242, until 12/40", "The test card")
          .doesNotContain("Another card");
      assertThat(browser.run("document.activeElement.name").asText()).isEqualTo("saved");
      submits(browser);
      await().until(() -> complete(anna, 1));
      staysWithTheOrder(browser);

      browser.visit(anna.shop() + "/#/cards");
      clicks(browser, "[data-act='forget-card']");
      await().until(() -> browser.run(CARD_LIST + ".innerText").asText().contains("No card yet"));
      assertThat(anna.get(CARDS).json(200).get("items")).isEmpty();
      assertThat(browser.run("document.activeElement.id").asText()).isEqualTo("cards-heading");
      assertThat(browser.run("document.querySelector('toast-stack').innerText").asText())
          .contains("Visa ···· 4242, until 12/40 is forgotten.");
    }
  }

  @Test
  @DisplayName("asks itself who is paying where no bank does, and takes no and yes for an answer")
  void answersItself() {
    try (var browser = browser();
        var shop = ShopProcess.open(data)) {
      var anna = signsUp(browser, shop);
      var card = JsonNodeFactory.instance.objectNode().put("token", "tok_threeDSecure2Required");
      anna.post(CARDS, card).json(201);
      order(browser, anna);

      asksWhoPays(browser);
      browser.run(DIALOG + ".close()");
      staysWithTheOrder(browser);
      await().until(() -> browser.run(ASK_PAYER + ".checkVisibility()").asBoolean());
      browser.run("{ %1$s.focus(); %1$s.click(); }".formatted(ASK_PAYER));
      await().until(() -> browser.run(PROOF + ".checkVisibility()").asBoolean());
      browser.run(PROOF + ".querySelector('[data-act=\"call-off-payment\"]').click()");
      await().until(() -> !browser.run(DIALOG + ".open").asBoolean());
      staysWithTheOrder(browser);
      assertThat(browser.run("document.querySelector('toast-stack').innerText").asText())
          .contains("nothing was taken");
      assertThat(complete(anna, 0)).isTrue();

      asksWhoPays(browser);
      browser.run(PROOF + ".querySelector('[data-act=\"prove-payer\"]').click()");
      await().until(() -> complete(anna, 1));
      await().until(() -> !browser.run(DIALOG + ".open").asBoolean());
      staysWithTheOrder(browser);
    }
  }

  @Test
  @DisplayName("lets who has closed the question of their bank take another card")
  void closed() {
    try (var browser = browser();
        var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var anna = signsUp(browser, shop);
      opens(browser, anna, TinyStripe.ASKED);
      isAsked(browser, "() => {}");

      proves(browser, anna, "pm_other");
      assertThat(browser.run(PROOF + ".innerText").asText())
          .contains("Answer my bank", "Take another card", "No, do not pay");
      browser.run(PROOF + ".querySelector('[data-act=\"another-card\"]').click()");
      await().until(() -> browser.run(FORM + ".checkVisibility()").asBoolean());
      submits(browser);

      await().until(() -> complete(anna, 1));
      stripe.prove();
      assertThat(stripe.charged()).containsExactly("pm_other");
    }
  }

  @Test
  @DisplayName("asks who has closed the question of their bank again, and takes no for an answer")
  void closedAndOpened() {
    try (var browser = browser();
        var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var anna = signsUp(browser, shop);
      opens(browser, anna, TinyStripe.ASKED);
      isAsked(browser, "() => {}");

      proves(browser, anna, TinyStripe.ASKED);
      browser.run(PROOF + ".querySelector('[data-act=\"call-off-payment\"]').click()");
      await().until(() -> browser.run(button() + ".checkVisibility()").asBoolean());
      press(browser);
      await().until(() -> browser.run(FORM + ".checkVisibility()").asBoolean());
      isAsked(browser, "() => {}");

      proves(browser, anna, TinyStripe.ASKED);
      stripe.prove();
      browser.run(PROOF + ".querySelector('[data-act=\"prove-payer\"]').click()");
      await().until(() -> complete(anna, 1));
      assertThat(stripe.charged()).containsExactly(TinyStripe.ASKED);
    }
  }

  @Test
  @DisplayName("opens also when nobody can say which cards were left, and says so")
  void cardsAway() {
    try (var browser = browser();
        var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var anna = signsUp(browser, shop);
      anna.post(CARDS, JsonNodeFactory.instance.objectNode().put("token", "pm_left")).json(201);
      stripe.keepCardsBack();
      opens(browser, anna, "pm_anna");
      assertThat(browser.run(DIALOG + ".innerText").asText()).contains("cannot be shown right now");
      submits(browser);

      await().until(() -> complete(anna, 1));
      assertThat(stripe.charged()).containsExactly("pm_anna");
    }
  }

  /** Their bank has a question, which is answered when this promise is kept. */
  private static void isAsked(Chromium browser, String promise) {
    browser.run("window.proved = new Promise(%s); 0".formatted(promise));
    submits(browser);
    await().until(() -> browser.run("window.asked ?? ''").asText().equals("a client secret"));
  }

  /** The page is loaded anew, and asks because somebody wants to go on with what is open. */
  private static void proves(Chromium browser, Shopper anna, String card) {
    browser.visit("about:blank");
    browser.visit(anna.shop() + "/#/orders");
    await().until(() -> browser.run(ASK_PAYER + "?.checkVisibility() ?? false").asBoolean());
    assertThat(browser.run(button() + ".checkVisibility()").asBoolean()).isFalse();
    assertThat(browser.run("document.querySelector('order-card').innerText").asText())
        .contains("Your bank wants to know that it is you");
    browser.run(STRIPE.replace("THE CARD", card) + "; 0");
    browser.run(ASK_PAYER + ".click()");
    await().until(() -> browser.run(PROOF + ".checkVisibility()").asBoolean());
  }

  private static void asksWhoPays(Chromium browser) {
    press(browser);
    await().until(() -> browser.run(DIALOG + ".open").asBoolean());
    submits(browser);
    await().until(() -> browser.run(PROOF + ".checkVisibility()").asBoolean());
    assertThat(browser.run("document.activeElement.innerText").asText()).isEqualTo("It is me");
  }

  private static void clicks(Chromium browser, String button) {
    var found = CARD_LIST + ".querySelector(\"%s\")".formatted(button);
    await().until(() -> browser.run(found + "?.checkVisibility() ?? false").asBoolean());
    browser.run(found + ".click()");
  }

  private Chromium browser() {
    return Chromium.open(profile).orElseGet(() -> abort("there is no Chromium to pay in"));
  }

  private ShopProcess open(TinyStripe stripe) {
    return ShopProcess.open(
        data,
        "--payments.provider=stripe",
        "--payments.stripe.key=sk_test_1",
        "--payments.stripe.publishableKey=pk_test_1",
        "--payments.stripe.url=" + stripe.base());
  }

  /** The same person in the browser, and beside it. */
  private static Shopper signsUp(Chromium browser, ShopProcess shop) {
    var anna = Shopper.signedUp(shop, "anna@example.com");
    browser.visit(shop.base() + "/");
    browser.run(
        "fetch('/api/users/signin', { method: 'POST',"
            + " headers: { 'Content-Type': 'application/json' },"
            + " body: JSON.stringify({ email: 'anna@example.com', password: '%s' }) })"
                .formatted(Shopper.PASSWORD)
            + ".then((answer) => answer.status)");
    return anna;
  }

  private static void order(Chromium browser, Shopper anna) {
    anna.orders(anna.offers("Vase", "38", 5), 1).json(201);
    browser.visit("about:blank");
    browser.visit(anna.shop() + "/#/orders");
    await().until(() -> browser.run("!!" + button()).asBoolean());
  }

  private static void opens(Chromium browser, Shopper anna, String card) {
    order(browser, anna);
    browser.run(STRIPE.replace("THE CARD", card) + "; 0");
    press(browser);
    await().until(() -> browser.run(DIALOG + ".open").asBoolean());
  }

  private static void press(Chromium browser) {
    browser.run("{ %1$s.focus(); %1$s.click(); }".formatted(button()));
  }

  /** Whoever uses the keyboard goes on where they were, also when what they pressed is gone. */
  private static void staysWithTheOrder(Chromium browser) {
    await()
        .until(() ->
            browser
                .run(
                    "!"
                        + DIALOG
                        + ".open && !document.querySelector('order-card [aria-busy]') &&"
                        + " document.activeElement.closest('order-card') !== null &&"
                        + " document.activeElement.checkVisibility()")
                .asBoolean());
  }

  private static String button() {
    return "document.querySelector('order-card [data-status=\"created\"] [data-act=\"pay-order\"]')";
  }

  private static void submits(Chromium browser) {
    browser.run("document.querySelector('card-dialog [type=\"submit\"]').click()");
  }

  private static boolean complete(Shopper anna, long orders) {
    return anna.orders().stream()
            .filter(order -> order.get("status").asText().equals("complete"))
            .count()
        == orders;
  }

  private static String policy(Shopper stranger) {
    return stranger.get("/").headed("Content-Security-Policy");
  }
}
