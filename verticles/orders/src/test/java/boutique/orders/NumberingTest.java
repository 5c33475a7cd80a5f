package boutique.orders;

import static boutique.orders.Anna.ANNA;
import static boutique.orders.Anna.LATER;
import static boutique.orders.Anna.NOON;
import static boutique.orders.Anna.ORDER;
import static boutique.orders.Anna.cancelled;
import static boutique.orders.Anna.given;
import static boutique.orders.Anna.open;
import static boutique.orders.Anna.started;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Rules;
import boutique.language.numbers.NumberCommand;
import boutique.language.numbers.NumberCommand.GiveNumber;
import boutique.language.numbers.NumberEvent;
import boutique.language.numbers.NumberEvent.NumberGiven;
import boutique.language.orders.Cancellation;
import boutique.language.orders.OrderCommand.NumberOrder;
import boutique.language.orders.OrderEvent.OrderNumbered;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderNumber;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The number of an order")
class NumberingTest {
  private static final OrderNumber SEVENTH = OrderNumber.of(2026, 7);
  private static final OrderNumber EIGHTH = OrderNumber.of(2026, 8);

  @Test
  @DisplayName("can be read by people, and grows when a year has many")
  void readable() {
    assertThat(OrderNumber.of(2026, 123)).hasToString("B-2026-000123");
    assertThat(OrderNumber.of(2026, 1_234_567)).hasToString("B-2026-1234567");
    assertThat(OrderNumber.isWellFormed("B-2026-000123")).isTrue();
    assertThat(OrderNumber.isWellFormed("B-2026-1234567")).isTrue();
    assertThat(List.of("B-2026-123", "B-2026-0001234", "2026-000123", "b-2026-000123", ""))
        .noneMatch(OrderNumber::isWellFormed);
  }

  @Test
  @DisplayName("is of the year in which it was placed, by one clock for all")
  void year() {
    assertThat(OrderNumber.year(Instant.parse("2026-12-31T23:59:59.999Z"))).isEqualTo(2026);
    assertThat(OrderNumber.year(Instant.parse("2027-01-01T00:00:00Z"))).isEqualTo(2027);
  }

  @Test
  @DisplayName("is given once, and never changes")
  void once() {
    open()
        .when(new NumberOrder(ORDER, SEVENTH, LATER))
        .then(new OrderNumbered(ORDER, ANNA, SEVENTH, LATER, NOON));
    var numbered = open().given(List.of(new OrderNumbered(ORDER, ANNA, SEVENTH, LATER, NOON)));
    numbered.when(new NumberOrder(ORDER, SEVENTH, LATER)).thenNothing();
    numbered.when(new NumberOrder(ORDER, EIGHTH, LATER)).thenRefused("order.numbered");
  }

  @Test
  @DisplayName("comes also when the order is over already, and not before there is one")
  void whenever() {
    open()
        .given(List.of(cancelled(Cancellation.USER, NOON)))
        .when(new NumberOrder(ORDER, SEVENTH, LATER))
        .then(new OrderNumbered(ORDER, ANNA, SEVENTH, LATER, NOON));
    given(started()).when(new NumberOrder(ORDER, SEVENTH, LATER)).thenRefused("order.not-found");
  }

  @Test
  @DisplayName("is the order's place in the register, and asked for again it is the same")
  void place() {
    var register = register(3, 8);

    register
        .when(new GiveNumber(id(3), 2026, 0, NOON))
        .then(new NumberGiven(id(3), OrderNumber.of(2026, 4), NOON));
    register.when(new GiveNumber(id(1), 2026, 0, NOON)).thenNothing();
  }

  @Test
  @DisplayName("waits while an order that the register would forget may not bear its own")
  void crowded() {
    var register = register(5, 4);

    register.when(new GiveNumber(id(9), 2026, 1, NOON)).thenRefused("number.crowded");
    register
        .when(new GiveNumber(id(9), 2026, 2, NOON))
        .then(new NumberGiven(id(9), OrderNumber.of(2026, 6), NOON));
  }

  private static Rules<NumberCommand, Register, NumberEvent> register(int given, int remembered) {
    return Rules.of(new RegisterDecider(remembered))
        .given(
            IntStream.range(0, given)
                .mapToObj(i -> new NumberGiven(id(i), OrderNumber.of(2026, i + 1), NOON))
                .toList());
  }

  private static OrderId id(int number) {
    return new OrderId("order-" + number);
  }
}
