package id.jembatan.client;

import java.time.Duration;

/** Who asks: an {@linkplain #key API key}, or {@linkplain #client tokens} that are fetched and renewed. */
public final class Credentials {
  /** A token is renewed this long before it expires, so that none expires on its way. */
  private static final Duration EARLY = Duration.ofSeconds(30);

  private final String id;
  private final String secret;
  private final String scope;
  private String token;
  private long expires;

  private Credentials(String id, String secret, String scope) {
    this.id = id;
    this.secret = secret;
    this.scope = scope;
  }

  /** A key that begins with {@code jbt_}. */
  public static Credentials key(String secret) {
    return new Credentials(null, secret, null);
  }

  /**
   * OAuth 2.0 client credentials: short tokens, fetched when they are needed and kept until shortly before they expire.
   *
   * @param scopes what the token may do; none: what the client may
   */
  public static Credentials client(String id, String secret, String... scopes) {
    return new Credentials(id, secret, String.join(" ", scopes));
  }

  /** Whether a secret that was refused can be replaced. */
  boolean renewable() {
    return id != null;
  }

  /** The form that asks for a token, as names and values in turn. */
  String[] form() {
    String[] asked = {"grant_type", "client_credentials", "client_id", id, "client_secret", secret, "scope", scope};
    return scope.isEmpty() ? java.util.Arrays.copyOf(asked, 6) : asked;
  }

  /** What to send now, or null: a token has to be fetched. */
  synchronized String present() {
    if (id == null) {
      return secret;
    }
    return token != null && System.nanoTime() - expires < 0 ? token : null;
  }

  synchronized String keep(String fetched, Duration lasts) {
    Duration early = lasts.minus(EARLY);
    Duration half = lasts.dividedBy(2);
    token = fetched;
    expires = System.nanoTime() + (early.compareTo(half) > 0 ? early : half).toNanos();
    return token;
  }

  /** The server did not take {@code refused}: the next call fetches another, unless somebody has done so already. */
  synchronized void forget(String refused) {
    if (refused.equals(token)) {
      token = null;
    }
  }

  @Override
  public String toString() {
    return id == null ? "Credentials[key]" : "Credentials[" + id + "]";
  }
}
