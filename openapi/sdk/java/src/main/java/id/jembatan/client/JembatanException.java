package id.jembatan.client;

/** Whatever this package throws itself. */
public class JembatanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JembatanException(String message, Throwable cause) {
    super(message, cause);
  }
}
