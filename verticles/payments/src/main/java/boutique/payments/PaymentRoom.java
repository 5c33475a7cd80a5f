package boutique.payments;

import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.room.Room;
import boutique.kernel.store.Recorded;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.Live;
import boutique.language.StreamId;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.WithdrawPayment;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.payments.Payment.Absent;
import boutique.payments.Payment.Known;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The payments room, put together. */
public final class PaymentRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("orders");

  private PaymentRoom() {}

  public static Room<PaymentCommand, Payment, PaymentEvent> room(
      PaymentProvider provider, InstantSource clock, Alarm alarm) {
    return new Room<>(
            PaymentCommand.ROOM, PaymentCommand.class, new PaymentDecider(), PaymentRoom::face)
        .through((desk, bus) -> new Cashier(desk, bus, provider, clock))
        .telling((recorded, event, after) -> {
          alarm.hear(event);
          return news(recorded, after);
        });
  }

  /** What it does because of what it hears: nobody pays for an order that is over. */
  public static List<? extends Command> reactions(Event event) {
    return switch (event) {
      case OrderCancelled e -> List.of(new WithdrawPayment(e.order(), e.cancelledAt()));
      default -> List.of();
    };
  }

  private static @Nullable Face face(StreamId stream, Payment payment) {
    return switch (payment) {
      case Absent _ -> null;
      case Known known -> Portrait.of(new PaymentId(stream.key()), known);
    };
  }

  /** Only where it stands: whoever wants more reads the payment. */
  private static List<Live> news(Recorded recorded, Payment after) {
    return face(recorded.stream(), after) instanceof PaymentFace face
        ? List.of(new Live(face.sale().buyer().value(), "payments.me", news(recorded, face)))
        : List.of();
  }

  private static String news(Recorded recorded, PaymentFace face) {
    return new JsonObject()
        .put("type", recorded.type())
        .put("id", face.payment().value())
        .put("orderId", face.order().value())
        .put("version", recorded.version())
        .put("status", face.standing().wireName())
        .put("at", recorded.at().toString())
        .encode();
  }
}
