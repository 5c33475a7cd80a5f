package boutique.gateway;

import boutique.gateway.Api.Answer;
import boutique.kernel.mail.Mailbox;
import boutique.kernel.store.Views.Entry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;

/** {@code /api/ops/mailbox}: the mail that nobody delivers, for operators. */
final class MailboxApi {
  private final Mailbox mailbox;

  MailboxApi(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  void mount(RouterBuilder routes) {
    Api.serve(routes, "listMail", this::list);
  }

  private Future<Answer> list(RoutingContext ctx) {
    var limit = Api.limit(ctx);
    return mailbox
        .newest(Api.cursor(ctx), limit)
        .map(mails ->
            Answer.ok(
                Api.page(
                    mails.stream().map(MailboxApi::json).toList(),
                    mails.size() < limit ? null : Cursors.write(mails.getLast().key()))));
  }

  private static JsonObject json(Entry mail) {
    return mail.document().put("id", mail.key());
  }
}
