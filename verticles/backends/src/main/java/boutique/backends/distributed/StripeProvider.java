package boutique.backends.distributed;

import boutique.backends.distributed.Looks.Look;
import boutique.kernel.Unavailable;
import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Sheet;
import boutique.kernel.payment.Statement;
import boutique.kernel.store.Views;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stripe, by its own library. A question that is not answered is not asked again here: whoever
 * wants to know asks for what has become of it.
 */
public final class StripeProvider implements PaymentProvider {
  private static final Logger LOG = LoggerFactory.getLogger(StripeProvider.class);
  static final String TOO_LATE = "not_sent_in_time";
  private static final long PAGE = 100;
  private static final int MOST_PAGES = 200;

  /** Nobody gives parts of one charge back so often. */
  private static final int MOST_REFUND_PAGES = 20;

  private static final int MOST_TOLD = 1_000;
  private static final String TOO_MUCH = "there is too much to look through";
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  /** What was asked for longer ago is not sent any more. */
  private static final Duration SENT_WITHIN = Duration.ofMinutes(10);

  /** After this, what was sent at the last moment has come to its end, and can be found. */
  private static final Duration MADE_WITHIN = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final StripeClient stripe;
  private final StripeLine line;

  /** A line of their own, so that reading them keeps nobody from paying. */
  private final StripeLine books;

  private final StripeCustomers customers;
  private final OpenQuestions open;
  private final Looks looks = new Looks();
  private final boolean live;

  /** What on the books cannot be read, as far as it was told. */
  private final Set<String> illegible = ConcurrentHashMap.newKeySet();

  /**
   * An account at Stripe.
   *
   * @param clock by which a charge comes too late
   * @param views where it is written who is which customer there
   * @param base where its API is
   * @param deadline after which an answer does not come any more
   * @param recognition who is told whether it knows the key
   */
  public StripeProvider(
      Vertx vertx,
      InstantSource clock,
      Views views,
      String key,
      URI base,
      Duration deadline,
      Recognition recognition) {
    this.clock = clock;
    this.live = key.startsWith("sk_live_") || key.startsWith("rk_live_");
    this.open = new OpenQuestions(clock);
    this.line = new StripeLine(vertx, deadline, recognition);
    this.books = new StripeLine(vertx, deadline, recognition);
    this.customers = new StripeCustomers(views);
    this.stripe = client(key, base, deadline);
  }

  static StripeClient client(String key, URI base, Duration deadline) {
    var millis = Math.toIntExact(deadline.toMillis());
    return StripeClient.builder()
        .setApiKey(key)
        .setApiBase(base.toString())
        .setHttpClient(new ReplayAwareClient())
        .setConnectTimeout(millis)
        .setReadTimeout(millis)
        .setMaxNetworkRetries(0)
        .build();
  }

  @Override
  public boolean live() {
    return live;
  }

  /**
   * Sent only for so long: a look-up has an end only where it is known by when a charge can have
   * been made. Whoever asks for one so late has looked for it before, so it is certain then that
   * there is none and will be none.
   */
  @Override
  public Future<Answer> charge(Charge charge) {
    var now = clock.instant();
    if (now.isAfter(charge.since().plus(MADE_WITHIN))) {
      return Future.succeededFuture(new Answer.Denied(null, TOO_LATE));
    }
    return now.isAfter(charge.since().plus(SENT_WITHIN))
        ? Future.succeededFuture(new Answer.Unknown("it is too late to send it"))
        : sent(charge);
  }

  private Future<Answer> sent(Charge charge) {
    return customer(charge)
        .compose(customer ->
            line.<Answer>asked(
                open.contains(charge.key()),
                () ->
                    StripeAnswers.of(
                        stripe
                            .v1()
                            .paymentIntents()
                            .create(
                                StripeWords.create(charge, owner(charge, customer)),
                                under(charge.key()))),
                StripeAnswers::of,
                Answer.Unknown::new))
        .otherwise(lost -> new Answer.Unknown(String.valueOf(lost.getMessage())))
        .map(answer -> open.heard(charge.key(), answer));
  }

  /**
   * Whose card it is, if it is theirs. With a card that they have only just typed in, nobody is
   * named: so a customer who is gone there keeps nobody from paying.
   */
  private Optional<String> owner(Charge charge, Optional<String> customer) throws StripeException {
    if (customer.isEmpty()) {
      return customer;
    }
    try {
      var card = stripe.v1().paymentMethods().retrieve(charge.method());
      return customer.filter(one -> one.equals(card.getCustomer()));
    } catch (InvalidRequestException _) {
      return Optional.empty(); // what is wrong with it, the charge itself is answered with
    }
  }

  /** A card that somebody has left is charged only together with who they are. */
  private Future<Optional<String>> customer(Charge charge) {
    return StripeWords.isOwned(charge.method())
        ? customers.of(charge.buyer())
        : Future.succeededFuture(Optional.empty());
  }

  /**
   * It is looked for in the list, which knows of everything at once; the search does not. Only
   * among what was made when it can have been made, so that the end comes however much is newer.
   * Where that is more than is gone through at a time, the next look goes on behind it, and then
   * through what was made meanwhile.
   */
  @Override
  public Future<Answer> find(Charge charge) {
    var now = clock.instant();
    var begun = looks.of(charge.key());
    var look = begun == null ? new Look(charge.since().minus(CLOCKS_APART), now, "") : begun;
    return find(charge, look, now, MOST_PAGES);
  }

  /**
   * Each page has a deadline of its own: all of them together may take longer than one. They are
   * one question, however many.
   */
  private Future<Answer> find(Charge charge, Look look, Instant now, int pages) {
    return pages == 0
        ? Future.succeededFuture(later(charge, look, new Answer.Unknown(TOO_MUCH)))
        : line.<Looked<Answer>>asked(
                pages == MOST_PAGES && open.contains(charge.key()),
                () -> looked(charge, look),
                refusal -> new Lost<>(StripeAnswers.unknown(refusal)),
                lost -> new Lost<>(new Answer.Unknown(lost)))
            .compose(looked ->
                switch (looked) {
                  case Found<Answer>(var answer) -> Future.succeededFuture(ended(charge, answer));
                  case More<Answer>(var last) -> find(charge, look.behind(last), now, pages - 1);
                  case End<Answer> _ when look.begun().equals(now) ->
                      Future.succeededFuture(ended(charge, new Answer.NotThere()));
                  case End<Answer> _ -> find(charge, since(look, now), now, pages - 1);
                  case Lost<Answer>(var answer) ->
                      Future.succeededFuture(later(charge, look, answer));
                });
  }

  /** Through what was made since a look was begun. */
  private static Look since(Look look, Instant now) {
    return new Look(look.begun().minus(CLOCKS_APART), now, "");
  }

  private Answer ended(Charge charge, Answer answer) {
    looks.end(charge.key());
    return open.heard(charge.key(), answer);
  }

  private Answer later(Charge charge, Look look, Answer answer) {
    if (!look.after().isEmpty()) {
      looks.keep(charge.key(), look);
    }
    return open.heard(charge.key(), answer);
  }

  /** What has come of looking through a page. */
  private sealed interface Looked<T> {}

  private record Found<T>(T answer) implements Looked<T> {}

  /** It goes on behind the last one. */
  private record More<T>(String last) implements Looked<T> {}

  private record End<T>() implements Looked<T> {}

  /** The page was not to be had. */
  private record Lost<T>(T answer) implements Looked<T> {}

  private Looked<Answer> looked(Charge charge, Look look) throws StripeException {
    var to = charge.since().plus(MADE_WITHIN).plus(CLOCKS_APART);
    if (look.from().isAfter(to)) {
      return new End<>();
    }
    var list =
        stripe.v1().paymentIntents().list(StripeWords.list(look.from(), to, look.after(), PAGE));
    var found =
        first(list.getData(), intent -> isUnder(intent, charge.key()))
            .or(() -> first(list.getData(), intent -> isPaid(intent, charge)));
    if (found.isPresent()) {
      return new Found<>(StripeAnswers.of(found.get()));
    }
    return Boolean.TRUE.equals(list.getHasMore())
        ? new More<>(list.getData().getLast().getId())
        : new End<>();
  }

  @Override
  public Future<Answer> proved(Charge charge, String reference) {
    return asked(charge, () -> stands(reference));
  }

  @Override
  public Future<Answer> capture(Charge charge, String reference) {
    return settled(charge, reference, () -> stripe.v1().paymentIntents().capture(reference));
  }

  @Override
  public Future<Answer> cancel(Charge charge, String reference) {
    return settled(charge, reference, () -> stripe.v1().paymentIntents().cancel(reference));
  }

  /** Where it cannot be done, it may have been done already: so how it stands is asked for. */
  private Future<Answer> settled(
      Charge charge, String reference, StripeLine.Question<PaymentIntent> work) {
    return asked(
        charge,
        () -> {
          try {
            return StripeAnswers.of(work.ask());
          } catch (InvalidRequestException _) {
            return stands(reference);
          }
        });
  }

  private Answer stands(String reference) throws StripeException {
    return StripeAnswers.of(
        stripe.v1().paymentIntents().retrieve(reference, StripeWords.withCharge()));
  }

  private Future<Answer> asked(Charge charge, StripeLine.Question<Answer> question) {
    return line.<Answer>asked(
            open.contains(charge.key()), question, StripeAnswers::unknown, Answer.Unknown::new)
        .map(answer -> open.heard(charge.key(), answer));
  }

  @Override
  public Future<Returned> refund(Return wanted) {
    return line.<Returned>asked(
            open.contains(wanted.key()),
            () ->
                StripeAnswers.of(
                    stripe.v1().refunds().create(StripeWords.create(wanted), under(wanted.key()))),
            StripeAnswers::refused,
            Returned.Unknown::new)
        .map(answer -> open.heard(wanted.key(), answer));
  }

  @Override
  public Future<Returned> findRefund(Return wanted) {
    return findRefund(wanted, "", MOST_REFUND_PAGES);
  }

  private Future<Returned> findRefund(Return wanted, String after, int pages) {
    return line.<Looked<Returned>>asked(
            after.isEmpty() && open.contains(wanted.key()),
            () -> looked(wanted, after),
            failure -> new Lost<>(new Returned.Unknown(String.valueOf(failure.getMessage()))),
            lost -> new Lost<>(new Returned.Unknown(lost)))
        .compose(looked ->
            switch (looked) {
              case Found<Returned>(var answer) ->
                  Future.succeededFuture(open.heard(wanted.key(), answer));
              case Lost<Returned>(var answer) ->
                  Future.succeededFuture(open.heard(wanted.key(), answer));
              case End<Returned> _ ->
                  Future.succeededFuture(open.heard(wanted.key(), new Returned.NotThere()));
              case More<Returned>(var last) when pages > 1 -> findRefund(wanted, last, pages - 1);
              case More<Returned> _ -> {
                tooMany(wanted.reference());
                yield Future.succeededFuture(new Returned.Unknown(TOO_MUCH));
              }
            });
  }

  private Looked<Returned> looked(Return wanted, String after) throws StripeException {
    var list = stripe.v1().refunds().list(StripeWords.refunds(wanted.reference(), after, PAGE));
    var found =
        first(list.getData(), refund -> isMeant(refund, wanted.key()))
            .or(() -> first(list.getData(), refund -> isGoing(refund, wanted)));
    if (found.isPresent()) {
      return new Found<>(StripeAnswers.of(found.get()));
    }
    return Boolean.TRUE.equals(list.getHasMore())
        ? new More<>(list.getData().getLast().getId())
        : new End<>();
  }

  private static void tooMany(String reference) {
    LOG.warn(
        "of {} something was given back more than {} times: what is older is not looked at",
        reference,
        MOST_REFUND_PAGES * PAGE);
  }

  @Override
  public Future<Statement> statement(Instant from, String after) {
    return books.told(() -> {
      var params = StripeWords.list(from, after, PAGE);
      var sheet =
          sheet(
              stripe.v1().paymentIntents().list(params),
              StripeAnswers::isReadable,
              intent -> Optional.of(StripeAnswers.entry(intent)));
      return new Statement(sheet.lines(), sheet.end(), sheet.more(), sheet.unread());
    });
  }

  @Override
  public Future<Optional<Statement.Entry>> entry(String reference) {
    return books.told(() -> {
      try {
        var intent = stripe.v1().paymentIntents().retrieve(reference, StripeWords.withCharge());
        return Optional.of(StripeAnswers.entry(intent));
      } catch (InvalidRequestException refusal) {
        if (StripeAnswers.isMissing(refusal)) {
          return Optional.empty();
        }
        throw refusal;
      }
    });
  }

  @Override
  public Future<List<Statement.Back>> returns(String reference) {
    return returns(reference, "", MOST_REFUND_PAGES, List.of());
  }

  private Future<List<Statement.Back>> returns(
      String reference, String after, int pages, List<Statement.Back> before) {
    return books
        .told(() ->
            sheet(
                stripe.v1().refunds().list(StripeWords.refunds(reference, after, PAGE)),
                StripeAnswers::isReadable,
                StripeAnswers::back))
        .compose(sheet -> {
          var all = Stream.concat(before.stream(), sheet.lines().stream()).toList();
          if (sheet.more() && pages > 1) {
            return returns(reference, sheet.end(), pages - 1, all);
          }
          if (sheet.more()) {
            tooMany(reference);
          }
          return Future.succeededFuture(all);
        });
  }

  @Override
  public Future<Sheet<Statement.Back>> returns(Instant from, String after) {
    return books.told(() ->
        sheet(
            stripe.v1().refunds().list(StripeWords.refunds(from, after, PAGE)),
            StripeAnswers::isReadable,
            StripeAnswers::back));
  }

  /** Whether nobody calls it wrong is known only if all of them can be read. */
  @Override
  public Future<List<Statement.Disputed>> disputes(String reference) {
    return books
        .told(() ->
            sheet(
                stripe.v1().disputes().list(StripeWords.disputes(reference, PAGE)),
                StripeAnswers::isReadable,
                StripeAnswers::disputed))
        .compose(sheet ->
            sheet.unread() == 0
                ? Future.succeededFuture(sheet.lines())
                : Future.failedFuture(
                    new Unavailable("a dispute of " + reference + " cannot be read")));
  }

  @Override
  public Future<Sheet<Statement.Disputed>> disputes(Instant from, String after) {
    return books.told(() ->
        sheet(
            stripe.v1().disputes().list(StripeWords.disputes(from, after, PAGE)),
            StripeAnswers::isReadable,
            StripeAnswers::disputed));
  }

  /** What is on a page; what of it cannot be read keeps nothing else from being read. */
  private <S extends HasId, T> Sheet<T> sheet(
      StripeCollection<S> list, Predicate<S> readable, Function<S, Optional<T>> line) {
    var all = list.getData();
    var unread = all.stream().filter(readable.negate()).toList();
    unread.forEach(this::tell);
    return new Sheet<>(
        all.stream().filter(readable).map(line).flatMap(Optional::stream).toList(),
        all.isEmpty() ? "" : all.getLast().getId(),
        Boolean.TRUE.equals(list.getHasMore()),
        unread.size());
  }

  /** It is on each page that is read again, and is told of once. */
  private void tell(HasId unread) {
    var id = String.valueOf(unread.getId());
    if (illegible.size() < MOST_TOLD && illegible.add(id)) {
      LOG.warn("{} is on Stripe's books and cannot be read", id);
    }
  }

  private static <T> Optional<T> first(List<T> all, Predicate<T> which) {
    return all.stream().filter(which).findFirst();
  }

  private static boolean isUnder(PaymentIntent intent, String key) {
    return key.equals(intent.getMetadata().get(StripeWords.KEY));
  }

  /**
   * A failure that is repeated for ever may have been none: what was asked for under a key that is
   * given up since can still come to light. Whichever key it has, the same is not asked for twice.
   */
  private static boolean isPaid(PaymentIntent intent, Charge charge) {
    return charge.payment().equals(intent.getMetadata().get(StripeWords.PAYMENT))
        && switch (StripeAnswers.of(intent)) {
          case Answer.Taken(var _, var amount, var _) -> amount.equals(charge.amount());
          case Answer.Held(var _, var amount, var _) -> amount.equals(charge.amount());
          case Answer.Denied _,
              Answer.Voided _,
              Answer.Challenge _,
              Answer.NotThere _,
              Answer.Stuck _,
              Answer.Unknown _ ->
              false;
        };
  }

  private static boolean isGoing(Refund refund, Return wanted) {
    var metadata = refund.getMetadata();
    return metadata != null
        && wanted.payment().equals(metadata.get(StripeWords.PAYMENT))
        && wanted.refund().equals(metadata.get(StripeWords.REFUND))
        && !(StripeAnswers.of(refund) instanceof Returned.Denied);
  }

  /** What was begun at Stripe's own desk has no key but its name. */
  private static boolean isMeant(Refund refund, String key) {
    return key.equals(refund.getId()) || isUnder(refund, key);
  }

  private static boolean isUnder(Refund refund, String key) {
    return refund.getMetadata() != null && key.equals(refund.getMetadata().get(StripeWords.KEY));
  }

  private static RequestOptions under(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }
}
