package boutique.language;

import java.time.Instant;

/**
 * What may be asked of one stream. Prices, ids and the time travel inside, so that deciding needs
 * no lookup and a repeated command can be recognised.
 */
public interface Command extends Message {
  StreamId stream();

  Instant at();
}
