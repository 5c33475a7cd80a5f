package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The link in a mail about a forgotten password, in a real browser,")
@Timeout(600)
class ForgottenPasswordIT {
  private static final Pattern LINK = Pattern.compile("http\\S+/#/reset=[\\w.-]+");
  private static final String PAGE =
      "document.querySelector('reset-form').innerText.replace(/\\s+/g, ' ')";

  @TempDir Path data;
  @TempDir Path profile;

  @Test
  @DisplayName("comes by mail, asks for the new one, sets it once, and says what has become of it")
  void link() {
    try (var browser =
            Chromium.open(profile)
                .orElseGet(() -> abort("there is no Chromium to open the link in"));
        var shop = ShopProcess.open(data, Shopper.OPERATOR)) {
      var anna = Shopper.signedUp(shop, "anna@example.com");
      var link = mailed(browser, shop);

      browser.visit(link);
      assertThat(browser.run(PAGE).asText()).contains("New password");
      set(browser, "short");
      await().until(() -> browser.run(PAGE).asText().contains("at least 8 characters."));
      set(browser, "a new password");
      await().until(() -> browser.run(PAGE).asText().contains("Your password is changed."));

      anna.get("/api/users/profile").problem(401, "auth.required");
      Shopper.stranger(shop).signsIn("anna@example.com", "a new password").json(200);
      browser.visit(shop.base() + "/");
      browser.visit(link);
      set(browser, "yet another one");
      await().until(() -> browser.run(PAGE).asText().contains("not good any more"));
      Shopper.stranger(shop).signsIn("anna@example.com", "a new password").json(200);
    }
  }

  private static String mailed(Chromium browser, ShopProcess shop) {
    browser.visit(shop.base() + "/");
    browser.run(
        "(dialog => { dialog.open(); dialog.form.elements.email.value = 'anna@example.com';"
            + " dialog.querySelector('.forgotten').click(); })"
            + "(document.querySelector('sign-in-dialog'))");
    await()
        .until(() ->
            browser
                .run("document.querySelector('toast-stack').innerText")
                .asText()
                .contains("a link for a new password is on its way"));
    var operator = Shopper.operator(shop);
    await().until(() -> !mails(operator).isEmpty());
    var link = LINK.matcher(mails(operator));
    assertThat(link.find()).isTrue();
    return link.group();
  }

  private static String mails(Shopper operator) {
    return operator.get("/api/ops/mailbox").json(200).at("/items/0/text").asText();
  }

  private static void set(Chromium browser, String password) {
    browser.run(
        "(form => { form.elements.password.value = '%s'; form.requestSubmit(); })"
                .formatted(password)
            + "(document.querySelector('reset-form form'))");
  }
}
