package boutique.benchmarks;

import java.util.List;

/** Something worth knowing about the shop's speed. */
interface Benchmark {

  /** How it is asked for. */
  String name();

  /** What it asks, in a sentence. */
  String question();

  /** Takes some seconds of the whole machine. */
  List<Row> measure(Place place) throws Exception;
}
