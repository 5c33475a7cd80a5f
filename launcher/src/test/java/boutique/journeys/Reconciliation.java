package boutique.journeys;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Optional;

/** The comparing of the books, as an operator asks for it. */
final class Reconciliation {
  private static final String OPS = "/api/ops/payments/";

  private Reconciliation() {}

  /** What it says once a round has been reported that has begun since. */
  static JsonNode of(Shopper operator) {
    var wanted =
        operator
            .post(OPS + "reconcile", JsonNodeFactory.instance.objectNode())
            .json(202)
            .get("wantedAt")
            .asText();
    await()
        .until(() -> {
          var started = operator.get(OPS + "reconciliation").json(200).get("startedAt");
          return started.isTextual()
              && !Instant.parse(started.asText()).isBefore(Instant.parse(wanted));
        });
    return operator.get(OPS + "reconciliation").json(200);
  }

  /** The first line of those that begin like that, once a round has looked for them. */
  static Optional<String> listed(Shopper operator, String beginning) {
    of(operator);
    var found = operator.get(OPS + "discrepancies?limit=100").json(200).get("items");
    return found.findValuesAsText("id").stream().filter(id -> id.startsWith(beginning)).findFirst();
  }
}
