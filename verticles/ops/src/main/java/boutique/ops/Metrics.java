package boutique.ops;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything that the shop tells of itself, declared by whoever puts it together. Nothing is
 * counted here, and nothing is read until somebody looks.
 */
public final class Metrics {
  private final List<Figure> figures = new CopyOnWriteArrayList<>();
  private final List<Look> looks = new CopyOnWriteArrayList<>();

  public Metrics tells(Figure figure) {
    figures.add(figure);
    return this;
  }

  public Metrics asks(Look look) {
    looks.add(look);
    return this;
  }

  List<Figure> figures() {
    return List.copyOf(figures);
  }

  List<Look> looks() {
    return List.copyOf(looks);
  }
}
