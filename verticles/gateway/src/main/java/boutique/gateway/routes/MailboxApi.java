package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Coding;
import boutique.kernel.mail.Mailbox;
import boutique.kernel.store.Views.Entry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;

/** {@code /api/ops/mailbox}: the mail that nobody delivers, for operators. */
public final class MailboxApi {
  private final Mailbox mailbox;

  public MailboxApi(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listMail", this::list);
  }

  /** What strangers have chosen stands here beside links that are secret: nobody measures both. */
  private Future<Answer> list(RoutingContext ctx) {
    Coding.secret(ctx.response());
    var limit = Api.limit(ctx);
    return mailbox
        .newest(Api.cursor(ctx), limit + 1)
        .map(mails -> Answer.ok(Api.page(mails, limit, Entry::key, MailboxApi::json)));
  }

  private static JsonObject json(Entry mail) {
    return mail.document().put("id", mail.key());
  }
}
