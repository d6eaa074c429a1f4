package id.jembatan.client;

/** A webhook that nobody here sent, that was changed on its way, or that is too old. */
public final class BadSignatureException extends JembatanException {
  private static final long serialVersionUID = 1L;

  BadSignatureException(String message) {
    super(message, null);
  }
}
