package boutique.gateway;

/** A key that never shows itself in a log. */
public final class Secret {
  private final byte[] bytes;

  public Secret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
