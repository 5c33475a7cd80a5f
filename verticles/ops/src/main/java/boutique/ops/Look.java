package boutique.ops;

import io.vertx.core.Future;
import java.util.List;

/** Numbers that somebody has to be asked for, such as a store: gauges, as they are now. */
@FunctionalInterface
public interface Look {
  Future<List<Figure>> look();
}
