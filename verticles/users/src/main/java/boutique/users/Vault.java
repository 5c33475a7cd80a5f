package boutique.users;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only place that knows who a user is. Events refer to a person by id; to erase the person is
 * to delete the document here.
 */
final class Vault {
  private static final String COLLECTION = "vault";

  private final Views views;

  Vault(Views views) {
    this.views = views;
  }

  /** Who a person is, and how to know that it is the same one. */
  record Person(String email, String passwordHash) {}

  Future<Void> keep(UserId user, Person person) {
    var document =
        new JsonObject().put("email", person.email()).put("passwordHash", person.passwordHash());
    return views.write(List.of(new Put(COLLECTION, user.value(), document)));
  }

  Future<@Nullable Person> find(UserId user) {
    return views
        .get(COLLECTION, user.value())
        .map(document ->
            document == null
                ? null
                : new Person(document.getString("email"), document.getString("passwordHash")));
  }

  Future<Void> forget(UserId user) {
    return views.write(List.of(new Delete(COLLECTION, user.value())));
  }
}
