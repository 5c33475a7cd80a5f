package boutique.backends.distributed;

import boutique.backends.InTurn;
import boutique.kernel.Unavailable;
import boutique.kernel.payment.Wallets;
import boutique.kernel.store.Views;
import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentMethod;
import com.stripe.net.RequestOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Wallets at Stripe: a customer for each of our people who has ever left a card. On a line of their
 * own, so that whoever leaves cards keeps nobody from paying.
 */
public final class StripeWallets implements Wallets {
  /** More than anybody has, even where two nodes have just been at it. */
  private static final long PAGE = 100;

  private final StripeClient stripe;
  private final StripeLine line;
  private final StripeCustomers customers;

  /** One wallet takes cards in turn: of this process, and what others do is looked at after. */
  private final InTurn wallets = new InTurn();

  public StripeWallets(
      Vertx vertx, Views views, String key, URI base, Duration deadline, Recognition recognition) {
    this.stripe = StripeProvider.client(key, base, deadline);
    this.line = new StripeLine(vertx, deadline, recognition);
    this.customers = new StripeCustomers(views);
  }

  @Override
  public Future<Keeping> keep(String owner, String method) {
    return wallets.behind(
        owner,
        () ->
            customer(owner)
                .compose(customer ->
                    tried(customer, method)
                        .compose(kept ->
                            kept.map(Future::succeededFuture)
                                .orElseGet(() -> keepAnew(owner, customer, method)))));
  }

  /** Once: that this one is gone as well is no answer that we know of. */
  private Future<Keeping> keepAnew(String owner, String gone, String method) {
    return made(owner, "customer." + owner + "." + gone)
        .compose(made -> customers.isNow(owner, made))
        .compose(customer -> tried(customer, method))
        .map(kept -> kept.orElseThrow(() -> new Unavailable("a new customer is gone at once")));
  }

  /** Empty where the customer is gone. */
  private Future<Optional<Keeping>> tried(String customer, String method) {
    return line.told(() -> unlessGone(() -> Optional.of(kept(customer, method)), Optional.empty()));
  }

  private Keeping kept(String customer, String method) throws StripeException {
    try {
      var cards = cards(customer);
      var known = cards.stream().filter(card -> card.id().equals(method)).findFirst();
      if (known.isPresent()) {
        return new Kept(known.get());
      }
      if (cards.size() >= MOST) {
        return new Full();
      }
      var id =
          StripeWords.isToken(method)
              ? stripe.v1().paymentMethods().create(StripeWords.method(method)).getId()
              : method;
      var left = card(stripe.v1().paymentMethods().attach(id, StripeWords.attach(customer)));
      return cards(customer).size() > MOST ? tooMany(left) : new Kept(left);
    } catch (CardException refusal) {
      return new Refused(StripeAnswers.code(refusal.getStripeError()));
    } catch (InvalidRequestException refusal) {
      if (StripeAnswers.isNobody(refusal)) {
        throw refusal;
      }
      return new Refused(StripeAnswers.code(refusal.getStripeError()));
    }
  }

  /** Somebody else has been at it, on another node: whoever sees that takes their own back. */
  private Keeping tooMany(Card left) throws StripeException {
    stripe.v1().paymentMethods().detach(left.id());
    return new Full();
  }

  @Override
  public Future<List<Card>> of(String owner) {
    return known(owner, customer -> cards(customer), List.of());
  }

  @Override
  public Future<Boolean> drop(String owner, String id) {
    return known(owner, customer -> dropped(customer, id), false);
  }

  private boolean dropped(String customer, String id) throws StripeException {
    if (cards(customer).stream().noneMatch(card -> card.id().equals(id))) {
      return false;
    }
    stripe.v1().paymentMethods().detach(id);
    return true;
  }

  /** The link goes last: until then it is known who is to be forgotten. */
  @Override
  public Future<Void> forget(String owner) {
    return known(owner, this::deleted, true).compose(_ -> customers.forget(owner));
  }

  private boolean deleted(String customer) throws StripeException {
    try {
      stripe.v1().customers().delete(customer);
    } catch (InvalidRequestException refusal) {
      if (!StripeAnswers.isMissing(refusal)) {
        throw refusal;
      }
    }
    return true;
  }

  /** What may be asked about a customer. */
  @FunctionalInterface
  private interface About<T> {
    T customer(String customer) throws StripeException;
  }

  private <T> Future<T> known(String owner, About<T> about, T otherwise) {
    return customers
        .of(owner)
        .compose(customer ->
            customer.isPresent()
                ? line.told(() -> unlessGone(() -> about.customer(customer.get()), otherwise))
                : Future.succeededFuture(otherwise));
  }

  /**
   * Customers are deleted at Stripe's own desk too, and are others with the key of another mode.
   */
  private static <T> T unlessGone(StripeLine.Question<T> question, T otherwise)
      throws StripeException {
    try {
      return question.ask();
    } catch (InvalidRequestException refusal) {
      if (StripeAnswers.isNobody(refusal)) {
        return otherwise;
      }
      throw refusal;
    }
  }

  private List<Card> cards(String customer) throws StripeException {
    return stripe.v1().paymentMethods().list(StripeWords.cards(customer, PAGE)).getData().stream()
        .map(StripeWallets::card)
        .toList();
  }

  private Future<String> customer(String owner) {
    return customers
        .of(owner)
        .compose(known ->
            known
                .map(Future::succeededFuture)
                .orElseGet(() ->
                    made(owner, "customer." + owner).compose(made -> customers.is(owner, made))));
  }

  /**
   * Made once, however often somebody tries at the same time: the key is theirs. It is another one
   * where a customer of theirs is gone, or that one would be answered with again.
   */
  private Future<String> made(String owner, String key) {
    return line.told(
        () -> stripe.v1().customers().create(StripeWords.customer(owner), under(key)).getId());
  }

  private static RequestOptions under(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }

  private static Card card(PaymentMethod method) {
    var card = Optional.ofNullable(method.getCard()).orElseThrow();
    return new Card(
        method.getId(),
        card.getBrand(),
        card.getLast4(),
        Math.toIntExact(card.getExpMonth()),
        Math.toIntExact(card.getExpYear()));
  }
}
