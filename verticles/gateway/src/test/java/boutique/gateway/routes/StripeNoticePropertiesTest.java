package boutique.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.gateway.problems.Problem;
import boutique.language.Message;
import boutique.language.codec.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("A message with the provider's signature,")
class StripeNoticePropertiesTest {
  private static final List<String> TYPES =
      List.of(
          "payment_intent.succeeded",
          "payment_intent.amount_capturable_updated",
          "payment_intent.canceled",
          "refund.created",
          "refund.failed",
          "charge.dispute.created",
          "account.updated");

  @Property(tries = 5_000)
  @Label("however it was bent, is understood or refused, and nothing else")
  void bent(@ForAll("types") String type, @ForAll Random random) {
    var event = StripeNoticeTest.event(type);
    for (var times = random.nextInt(4); times >= 0; times--) {
      bend(event, random);
    }
    try {
      StripeNoticeTest.means(cut(event.toBuffer(), random))
          .ifPresent(command ->
              assertThat(Json.decode(Json.encode(command), Message.class)).isEqualTo(command));
    } catch (Problem refused) {
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(TYPES);
  }

  /** Puts something else where something was: at any depth. */
  private static void bend(JsonObject object, Random random) {
    var fields = List.copyOf(object.fieldNames());
    if (fields.isEmpty()) {
      return;
    }
    var field = fields.get(random.nextInt(fields.size()));
    if (object.getValue(field) instanceof JsonObject deeper && random.nextInt(5) > 0) {
      bend(deeper, random);
    } else if (random.nextInt(6) == 0) {
      object.remove(field);
    } else {
      object.put(field, something(random));
    }
  }

  private static Object something(Random random) {
    Object[] things = {
      "",
      "x".repeat(10_000),
      "\u0000\u0001\u001b[31m",
      "\ud800",
      "succeeded",
      -1,
      0,
      Long.MIN_VALUE,
      Long.MAX_VALUE,
      BigInteger.TEN.pow(400),
      1e300,
      0.1,
      true,
      new JsonArray().add(new JsonArray().add(1)),
      new JsonObject().put("id", new JsonObject()),
      new JsonObject()
    };
    return things[random.nextInt(things.length)];
  }

  /** One in ten breaks off. */
  private static Buffer cut(Buffer body, Random random) {
    return random.nextInt(10) > 0 ? body : body.slice(0, random.nextInt(body.length()));
  }
}
