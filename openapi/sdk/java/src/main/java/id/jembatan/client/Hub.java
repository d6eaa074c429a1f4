package id.jembatan.client;

import id.jembatan.client.api.Groups;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Jembatan from a program: {@code hub.rfqs().create(…)}, {@code hub.quotes().iterate()}, each operation under its noun.
 *
 * <p>A hub may be used by many threads and lives as long as the program. Every method throws {@link ApiException} when the server
 * refuses, and {@link TransportException} when it cannot be reached.
 */
public final class Hub extends Groups {
  private final Engine engine;

  private Hub(Engine engine) {
    super(engine);
    this.engine = engine;
  }

  /** With an API key and the usual settings. */
  public static Hub of(String baseUrl, String key) {
    return at(baseUrl).key(key).build();
  }

  /** With settings of your own. */
  public static Builder at(String baseUrl) {
    return new Builder(baseUrl);
  }

  /** Any GET as a file: another media type of an operation, such as a comparison with {@code ?format=csv}. */
  public Downloaded fetch(String path, Path to) {
    return engine.download(new Call("GET", path), to);
  }

  /** The settings of a hub. */
  public static final class Builder {
    private final String baseUrl;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Credentials credentials;
    private Retry retry = Retry.USUAL;
    private Duration timeout = Duration.ofSeconds(30);
    private HttpClient http;

    private Builder(String baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl, "the server's address");
      headers.put("User-Agent", "jembatan-client/0.1.0 java/" + Runtime.version().feature());
    }

    /** An API key, which begins with {@code jbt_}. */
    public Builder key(String secret) {
      return credentials(Credentials.key(Objects.requireNonNull(secret, "the key")));
    }

    /** A key or a client that fetches tokens. */
    public Builder credentials(Credentials given) {
      credentials = given;
      return this;
    }

    /** Of problem titles and labels: {@code id} or {@code en}. */
    public Builder language(String tag) {
      headers.put("Accept-Language", tag);
      return this;
    }

    /** How often and how long a call is tried. */
    public Builder retry(Retry given) {
      retry = given;
      return this;
    }

    /** How long the head of an answer may take; what is sent from a file has no such bound. */
    public Builder timeout(Duration given) {
      timeout = given;
      return this;
    }

    /** Connections of your own: a proxy, certificates. */
    public Builder http(HttpClient given) {
      http = given;
      return this;
    }

    /** The hub. */
    public Hub build() {
      Objects.requireNonNull(credentials, "key or credentials");
      // Without TLS the JDK would ask each server to change to HTTP/2, which not every proxy understands.
      HttpClient.Version version = baseUrl.startsWith("https:") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
      HttpClient client = http != null
          ? http
          : HttpClient.newBuilder().version(version).connectTimeout(Duration.ofSeconds(10)).build();
      return new Hub(new Engine(baseUrl, client, credentials, retry, timeout, headers));
    }
  }
}
