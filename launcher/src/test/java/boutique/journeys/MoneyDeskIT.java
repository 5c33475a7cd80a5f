package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whoever looks after the money")
@Timeout(300)
class MoneyDeskIT {
  private static final String BOOK = "/api/ops/payments";
  private static final String BOOK_PAGE = "document.querySelector('payment-book')";
  private static final String SHEET = "document.querySelector('payment-sheet')";

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper operator;
  private static Shopper seller;

  @TempDir Path profile;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Unlimited.and(Shopper.OPERATOR));
    operator = Shopper.operator(shop);
    seller = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("finds each payment under the state that it is in, and under what needs somebody")
  void states() {
    var buyer = Shopper.signedUp(shop);
    var held = paid(buyer, "tok_visa", "later");
    var taken = paid(buyer, "tok_visa", "now");
    var pending = paid(buyer, "tok_pendingRefund", "now");

    await().untilAsserted(() -> assertThat(found("?status=authorized")).contains(held));
    await().untilAsserted(() -> assertThat(found("?status=paid")).contains(taken, pending));
    assertThat(found("?status=paid")).doesNotContain(held);

    operator.post("/api/payments/" + held + "/capture", object()).json(200);
    operator.post("/api/payments/" + taken + "/refund", object()).json(200);
    operator.post("/api/payments/" + pending + "/refund", object().put("amount", 5)).json(200);

    await().untilAsserted(() -> assertThat(found("?status=paid")).contains(held));
    assertThat(found("?status=authorized")).doesNotContain(held);
    await().untilAsserted(() -> assertThat(found("?status=refunded")).contains(taken));
    await().untilAsserted(() -> assertThat(found("?mark=refunding")).contains(pending));
    assertThat(found("?mark=refunding")).doesNotContain(taken);
    assertThat(found("?mark=disputed")).doesNotContain(taken, held, pending);
    assertThat(found("")).contains(held, taken, pending);
    operator.get(BOOK + "?status=lost").problem(400, "request.invalid");
    operator.get(BOOK + "?mark=paid").problem(400, "request.invalid");
    buyer.get(BOOK).problem(403, "role.required");
  }

  @Test
  @DisplayName("finds a payment by the number of its order, and by its id")
  void byOrder() {
    var buyer = Shopper.signedUp(shop);
    var order = buyer.numbered(buyer.orders(seller.offers("Vase", "40", 9), 1).json(201));
    var id = order.get("id").asText();
    var number = order.get("number").asText();
    pays(buyer, id, "tok_visa", "now");

    await().untilAsserted(() -> assertThat(found("?order=" + number)).containsExactly(id));
    assertThat(found("?order=" + id)).containsExactly(id);
    assertThat(found("?order=" + number.toLowerCase(Locale.ROOT).replaceFirst("-0+", "-")))
        .containsExactly(id);
    assertThat(found("?order=B-1999-000001")).isEmpty();
    assertThat(found("?order=nobody")).isEmpty();
    assertThat(found("?order=a%2Fb")).isEmpty();
    var row = operator.get(BOOK + "?order=" + id).json(200).at("/items/0");
    assertThat(row.get("orderNumber").asText()).isEqualTo(number);
    assertThat(row.get("amount").decimalValue()).isEqualByComparingTo("40");
    assertThat(row.get("live").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("reads page by page, and misses and doubles nothing although more are paid")
  void pages() {
    var buyer = Shopper.signedUp(shop);
    var paid = new ArrayList<String>();
    for (var i = 0; i < 5; i++) {
      paid.addFirst(paid(buyer, "tok_visa", "later"));
    }
    await().untilAsserted(() -> assertThat(found("?status=authorized")).containsAll(paid));

    for (var filter : List.of("?limit=2", "?limit=2&status=authorized")) {
      var read = new ArrayList<String>();
      JsonNode cursor = null;
      do {
        var page =
            operator
                .get(BOOK + filter + (cursor == null ? "" : "&cursor=" + cursor.asText()))
                .json(200);
        page.get("items").forEach(one -> read.add(one.get("id").asText()));
        cursor = page.get("nextCursor");
        paid(buyer, "tok_visa", "later");
      } while (!cursor.isNull());
      assertThat(read).doesNotHaveDuplicates().containsSubsequence(paid);
    }
  }

  @Test
  @DisplayName("reads pages that are full, of what bears a mark and is in a state")
  void marksAndStates() {
    var buyer = Shopper.signedUp(shop);
    var partly = new ArrayList<String>();
    for (var i = 0; i < 2; i++) {
      var id = paid(buyer, "tok_createDispute", "now");
      operator.post("/api/payments/" + id + "/refund", object().put("amount", 5)).json(200);
      partly.addFirst(id);
      paid(buyer, "tok_createDispute", "now");
    }
    Reconciliation.of(operator);
    await().untilAsserted(() -> assertThat(found("?mark=disputed")).hasSize(4));

    var page = operator.get(BOOK + "?mark=disputed&status=partially-refunded&limit=2").json(200);
    assertThat(page.get("items"))
        .extracting(one -> one.get("id").asText())
        .containsExactlyElementsOf(partly);
    assertThat(page.get("nextCursor").isNull()).isTrue();
  }

  @Test
  @DisplayName("is told what has happened to a payment, by whom and why")
  void history() {
    var buyer = Shopper.signedUp(shop);
    var id = buyer.orders(seller.offers("Vase", "40", 9), 1).json(201).get("id").asText();
    buyer
        .post("/api/payments", object().put("token", "tok_chargeDeclined").put("orderId", id))
        .problem(402, "payment.declined");
    pays(buyer, id, "tok_visa", "now");
    var refund = "/api/payments/" + id + "/refund";
    operator.post(refund, object().put("reason", "a whim")).problem(400, "request.invalid");
    operator.post(refund, object().put("amount", 15).put("reason", "damaged")).json(200);

    var path = "/api/payments/" + id + "/history";
    await()
        .untilAsserted(() ->
            assertThat(operator.get(path).json(200).get("items"))
                .extracting(one -> one.get("type").asText())
                .containsExactly(
                    "payment.requested",
                    "payment.failed",
                    "payment.requested",
                    "payment.created",
                    "payment.refund-requested",
                    "payment.refunded"));
    var facts = operator.get(path).json(200).get("items");
    assertThat(facts.at("/1/because").asText()).isEqualTo("card_declined");
    assertThat(facts.at("/2/by").asText()).isEqualTo(buyer.id());
    assertThat(facts.at("/4/by").asText()).isEqualTo(operator.id());
    assertThat(facts.at("/4/because").asText()).isEqualTo("damaged");
    assertThat(facts.at("/4/amount").decimalValue()).isEqualByComparingTo("15");
    buyer.get(path).problem(403, "role.required");
    operator.get("/api/payments/nobody/history").problem(404, "payment.not-found");
  }

  @Test
  @DisplayName("gives money back at the console, after it was said what that does, and only once")
  void atTheConsole() {
    var buyer = Shopper.signedUp(shop);
    var id = paid(buyer, "tok_visa", "now");
    try (var browser = console("#/payments/" + id)) {
      await().until(() -> shown(browser).contains("The money is ours."));

      browser.run(SHEET + ".querySelector('[data-act=refund]').click()");
      browser.run(
          SHEET
              + ".querySelector('[name=amount]').value = '15', "
              + SHEET
              + ".querySelector('[name=amount]')"
              + ".dispatchEvent(new Event('input', { bubbles: true }))");
      assertThat(shown(browser)).contains("$15 will go back to the buyer, and $25 stay with us");
      assertThat(payment(id).get("refunded").decimalValue()).isZero();
      var press = SHEET + ".querySelector('[type=submit]').click()";
      browser.run("{ %s; %s }".formatted(press, press));

      await().until(() -> shown(browser).contains("A part of the money went back"));
      assertThat(payment(id).get("refunds")).hasSize(1);
      assertThat(payment(id).get("refunded").decimalValue()).isEqualByComparingTo("15");

      browser.run(SHEET + ".querySelector('[data-act=refund]').click()");
      operator.post("/api/payments/" + id + "/refund", object().put("amount", 5)).json(200);
      browser.run(press);

      await().until(() -> shown(browser).contains("No more can be given back"));
      assertThat(shown(browser)).contains("$20");
      assertThat(payment(id).get("refunded").decimalValue()).isEqualByComparingTo("20");
    }
  }

  @Test
  @DisplayName("is shown where to sign in again when the session is over, and can write at once")
  void signedOut() {
    try (var browser = console("#/payments")) {
      var search = "document.querySelector('payment-book [name=typed]')";
      await().until(() -> browser.run(search + "?.checkVisibility() ?? false").asBoolean());
      browser.run(search + ".focus()");

      browser.run("document.querySelector('#sign-out').click()");

      await()
          .until(
              () -> browser.run("document.querySelector('#door').checkVisibility()").asBoolean());
      assertThat(browser.run("document.activeElement.name").asText()).isEqualTo("email");
    }
  }

  @Test
  @DisplayName("finds the list again that they were at, and in it the place of what has left it")
  void places() {
    var buyer = Shopper.signedUp(shop);
    var older = paid(buyer, "tok_visa", "later");
    var newer = paid(buyer, "tok_visa", "later");
    await()
        .untilAsserted(
            () -> assertThat(found("?status=authorized")).containsSubsequence(newer, older));
    try (var browser = console("#/payments?list=held")) {
      await().untilAsserted(() -> assertThat(rows(browser)).startsWith(newer, older));
      assertThat(
              browser.run(BOOK_PAGE + ".querySelector('[aria-current=true]').innerText").asText())
          .isEqualTo("Held");
      browser.run(BOOK_PAGE + ".querySelector('a.row').focus()");
      browser.run("document.activeElement.click()");
      await().until(() -> shown(browser).contains("The money is held"));
      assertThat(browser.run("location.hash").asText())
          .isEqualTo("#/payments/" + newer + "?list=held");

      browser.run(SHEET + ".querySelector('[data-act=capture]').click()");
      browser.run(SHEET + ".querySelector('[type=submit]').click()");
      await().until(() -> shown(browser).contains("The money is ours."));
      browser.run(SHEET + ".querySelector('[data-act=close]').click()");

      await().untilAsserted(() -> assertThat(rows(browser)).startsWith(older));
      await()
          .untilAsserted(() ->
              assertThat(browser.run("document.activeElement.closest('li')?.dataset.key").asText())
                  .isEqualTo(older));
      assertThat(browser.run("location.hash").asText()).isEqualTo("#/payments?list=held");
    }
  }

  @Test
  @DisplayName("sees in the lists what becomes of orders, and gets back out of what they are asked")
  void orders() {
    var buyer = Shopper.signedUp(shop);
    try (var browser = console("#/orders?list=all&typed=" + buyer.id())) {
      var book = "document.querySelector('order-book')";
      await().until(() -> browser.run(book + ".innerText").asText().contains("no such order"));
      var id = buyer.orders(seller.offers("Vase", "40", 9), 1).json(201).get("id").asText();
      await()
          .untilAsserted(() ->
              assertThat(browser.run(book + ".innerText").asText()).contains("Awaiting payment"));
      pays(buyer, id, "tok_visa", "now");
      await()
          .untilAsserted(() ->
              assertThat(browser.run(book + ".innerText").asText()).contains("To be confirmed"));

      var sheet = "document.querySelector('order-sheet')";
      browser.run(book + ".querySelector('a.row').click()");
      await().until(() -> browser.run(sheet + ".innerText").asText().contains("Vase"));
      browser.run(sheet + ".querySelector('[data-act=confirm]').click()");
      await().until(() -> browser.run(sheet + ".innerText").asText().contains("To be shipped"));
      browser.run(sheet + ".querySelector('[data-act=ship]').click()");
      var isAsked = sheet + ".querySelector('form') !== null";
      assertThat(browser.run(isAsked).asBoolean()).isTrue();
      browser.run(sheet + ".querySelector('[data-act=keep]').click()");
      assertThat(browser.run(isAsked).asBoolean()).isFalse();
      assertThat(browser.run("document.activeElement.dataset.act").asText()).isEqualTo("ship");
      assertThat(buyer.order(id).json(200).get("fulfilmentStatus").asText()).isEqualTo("confirmed");
    }
  }

  /** Signed in, and at an address. */
  private Chromium console(String at) {
    var browser =
        Chromium.open(profile)
            .orElseGet(() -> abort("there is no Chromium to open the console in"));
    browser.visit(shop.base() + "/console");
    browser.run(
        "import('/account/session.js').then(({ openSession }) =>"
            + " openSession().signIn('operator@boutique.example', 'battery staple'))");
    browser.visit(shop.base() + "/console?again" + at);
    return browser;
  }

  private static List<String> rows(Chromium browser) {
    var keys =
        browser.run(
            "Array.from("
                + BOOK_PAGE
                + ".querySelectorAll('[data-key]'), ({ dataset }) => dataset.key)");
    return StreamSupport.stream(keys.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String shown(Chromium browser) {
    return browser.run(SHEET + ".innerText").asText();
  }

  private static JsonNode payment(String id) {
    return operator.get("/api/payments/" + id + "/status").json(200);
  }

  private static String paid(Shopper buyer, String token, String capture) {
    var id = buyer.orders(seller.offers("Vase", "40", 9), 1).json(201).get("id").asText();
    pays(buyer, id, token, capture);
    return id;
  }

  private static void pays(Shopper buyer, String order, String token, String capture) {
    buyer
        .post(
            "/api/payments",
            object().put("token", token).put("capture", capture).put("orderId", order))
        .json(201);
  }

  private static List<String> found(String filter) {
    var page = operator.get(BOOK + filter + (filter.isEmpty() ? "?" : "&") + "limit=100").json(200);
    return StreamSupport.stream(page.get("items").spliterator(), false)
        .map(one -> one.get("id").asText())
        .toList();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
