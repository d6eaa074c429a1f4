package id.jembatan.client;

/**
 * What a call may say besides its arguments. An operation that does not know one of the first four refuses it before anything is sent.
 *
 * @param name the header field
 * @param value its value
 */
public record With(String name, String value) {
  /** The version that you saw, its {@code etag}: if it is not the present one, the call is refused (412) and changes nothing. */
  public static With ifMatch(String etag) {
    return new With("If-Match", etag);
  }

  /** The version that you have: {@link NotModifiedException} if it is still the present one. */
  public static With ifNoneMatch(String etag) {
    return new With("If-None-Match", etag);
  }

  /** A key of your own; without it there is a new one, which every retry of the call repeats. */
  public static With idempotencyKey(String key) {
    return new With("Idempotency-Key", key);
  }

  /** Check everything and change nothing. */
  public static With dryRun() {
    return new With("Prefer", "dry-run");
  }

  /** The language of this answer's titles and labels: {@code id} or {@code en}. */
  public static With language(String tag) {
    return new With("Accept-Language", tag);
  }
}
