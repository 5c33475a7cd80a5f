package boutique.language.orders;

/** Who brings the goods, and under which number it can be asked where they are. */
public record Shipment(String carrier, String tracking) {}
