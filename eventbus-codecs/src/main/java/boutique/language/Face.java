package boutique.language;

/** What a room shows of one of its streams to whoever asks: the resource behind a route. */
public interface Face extends Message {}
