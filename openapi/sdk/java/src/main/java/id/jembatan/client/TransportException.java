package id.jembatan.client;

/** The server was not reached, was silent for too long, or what it sent did not arrive as it was sent. */
public final class TransportException extends JembatanException {
  private static final long serialVersionUID = 1L;

  TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
