package boutique.language;

/** A message to a room, with its story: a {@link Command}, or a {@link Look}. */
public record Ask(Message message, Context context) implements Message {}
