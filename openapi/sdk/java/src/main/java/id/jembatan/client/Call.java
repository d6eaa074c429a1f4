package id.jembatan.client;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** One operation with its arguments, every retry of which sends the same. The generated groups make it; you need not. */
public final class Call {
  private static final Set<String> CHECKED = Set.of("If-Match", "If-None-Match", "Idempotency-Key", "Prefer");

  final String method;
  final Map<String, String> headers = new LinkedHashMap<>();
  Supplier<HttpRequest.BodyPublisher> body = HttpRequest.BodyPublishers::noBody;
  boolean large;
  private final String path;
  private final Set<String> known;
  private final StringBuilder query = new StringBuilder();

  /** {@code known}: the checked header fields that the operation knows. */
  public Call(String method, String path, String... known) {
    this.method = method;
    this.path = path;
    this.known = Set.of(known);
    headers.put("Accept", "application/json");
  }

  private Call(Call other) {
    this(other.method, other.path, other.known.toArray(String[]::new));
    headers.putAll(other.headers);
    query.append(other.query);
    body = other.body;
    large = other.large;
  }

  /** One segment of a path: whatever is in it, it stays one segment. */
  public static String place(Object value) {
    return encoded(value);
  }

  private static String encoded(Object value) {
    return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A parameter; null is left out. */
  public Call query(String name, Object value) {
    if (value instanceof Collection<?> all) {
      all.forEach(each -> query(name, each));
    } else if (value != null) {
      query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encoded(value));
    }
    return this;
  }

  /** A JSON body; null: none. */
  public Call body(Object value) {
    if (value != null) {
      byte[] written = Json.bytes(value);
      headers.put("Content-Type", "application/json");
      body = () -> HttpRequest.BodyPublishers.ofByteArray(written);
    }
    return this;
  }

  /** A file as the body, read as it is sent, anew for each attempt. */
  public Call file(Path source, String mediaType) {
    headers.put("Content-Type", mediaType);
    large = true;
    body = () -> {
      try {
        return HttpRequest.BodyPublishers.ofFile(source);
      } catch (java.io.FileNotFoundException error) {
        throw new java.io.UncheckedIOException(error);
      }
    };
    return this;
  }

  /** What the caller says besides. */
  public Call with(With... all) {
    for (With each : all) {
      if (CHECKED.contains(each.name()) && !known.contains(each.name())) {
        throw new IllegalArgumentException(method + " " + path + " does not know " + each.name());
      }
      headers.put(each.name(), each.value());
    }
    if (known.contains("Idempotency-Key")) {
      headers.putIfAbsent("Idempotency-Key", UUID.randomUUID().toString());
    }
    return this;
  }

  /** The same with another header field. */
  Call header(String name, String value) {
    Call changed = new Call(this);
    changed.headers.put(name, value);
    return changed;
  }

  /** The same list from another place. */
  Call after(String cursor) {
    return cursor == null ? this : new Call(this).query("after", cursor);
  }

  String target() {
    return path + query;
  }

  /**
   * Whether doing it twice does it once. A change with {@code If-Match} may not be sent again: a second one would be told that its
   * version has gone, though it was the first that took it.
   */
  boolean repeatable() {
    return method.equals("GET") || headers.containsKey("Idempotency-Key");
  }
}
