package id.jembatan.client;

import com.fasterxml.jackson.databind.JsonNode;
import id.jembatan.client.model.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Carries calls out for the generated groups: one hub's connections, credentials and patience. */
public final class Engine {
  /** Refused before anything was done. */
  private static final Set<Integer> AGAIN = Set.of(429, 503);

  /** Nobody knows what was done: sent again only where that does no harm. */
  private static final Set<Integer> PERHAPS = Set.of(500, 502, 504);

  private static final Duration SILENCE = Duration.ofSeconds(120);
  private static final int LONGEST_PROBLEM = 1 << 20;

  private final String baseUrl;
  private final HttpClient http;
  private final Credentials credentials;
  private final Retry retry;
  private final Duration timeout;
  private final Map<String, String> headers;

  Engine(String baseUrl, HttpClient http, Credentials credentials, Retry retry, Duration timeout, Map<String, String> headers) {
    this.baseUrl = baseUrl.replaceAll("/+$", "");
    this.http = http;
    this.credentials = credentials;
    this.retry = retry;
    this.timeout = timeout;
    this.headers = Map.copyOf(headers);
  }

  /** The answer. */
  public <T> T call(Call call, Class<T> type) {
    Attempts attempts = new Attempts(call);
    while (true) {
      HttpResponse<InputStream> answer = send(call);
      try (InputStream body = answer.body()) {
        return Json.mapper().readValue(body.readAllBytes(), type);
      } catch (com.fasterxml.jackson.core.JsonProcessingException error) {
        throw new TransportException("the answer is not what was agreed", error);
      } catch (IOException error) {
        attempts.lost(error);
      }
    }
  }

  /** Nothing is answered. */
  public void done(Call call) {
    close(send(call));
  }

  /** Every item of every page from a cursor on (null: the first), fetched as they are needed. */
  public <P, T> Pages<T> pages(Call call, Class<P> page, Function<P, List<T>> items, Function<P, String> next, String start) {
    return new Pages<>(start, after -> {
      P found = call(call.after(after), page);
      return new Pages.Page<>(items.apply(found), next.apply(found));
    });
  }

  /** Events as they happen; a connection that broke is taken up after the last one. */
  public EventStream<Event> events(Call call) {
    return new EventStream<>(this, call, Event.class);
  }

  /** Write a file as it arrives, going on with what an earlier attempt left in {@code <to>.part}. */
  public Downloaded download(Call call, Path to) {
    return Transfer.download(this, call, to);
  }

  /** The successful answer, or one with a status in {@code allowed}, after as many attempts as it takes and {@link Retry} allows. */
  HttpResponse<InputStream> send(Call call, Integer... allowed) {
    Attempts attempts = new Attempts(call);
    boolean renewed = false;
    while (true) {
      try {
        String secret = secret();
        HttpResponse<InputStream> answer = once(call, secret);
        int status = answer.statusCode();
        if (status / 100 == 2 || Set.of(allowed).contains(status)) {
          return answer;
        }
        ApiException refused = refusal(answer);
        if (status == 304) {
          throw new NotModifiedException();
        }
        if (status == 401 && credentials.renewable() && !renewed) {
          renewed = true;
          credentials.forget(secret);
          continue;
        }
        attempts.refused(refused);
      } catch (UncheckedIOException error) {
        throw new TransportException("the file to send cannot be read", error);
      } catch (IOException error) {
        attempts.lost(error);
      }
    }
  }

  private HttpResponse<InputStream> once(Call call, String secret) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + call.target()));
    headers.forEach(request::setHeader);
    call.headers.forEach(request::setHeader);
    if (secret != null) {
      request.setHeader("Authorization", "Bearer " + secret);
    }
    request.method(call.method, call.body.get());
    if (!call.large) {
      request.timeout(timeout); // of a large body nobody knows how long it takes
    }
    try {
      return http.send(request.build(), info -> new Arriving(SILENCE));
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted", error);
    }
  }

  private static ApiException refusal(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return ApiException.of(answer.statusCode(), answer.headers(), body.readNBytes(LONGEST_PROBLEM));
    }
  }

  static void close(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      body.readNBytes(LONGEST_PROBLEM);
    } catch (IOException error) {
      return; // what was to be known is in the status
    }
  }

  private String secret() throws IOException {
    String present = credentials.present();
    if (present != null) {
      return present;
    }
    Call asked = new Call("POST", "/v1/oauth/token");
    asked.headers.put("Content-Type", "application/x-www-form-urlencoded");
    byte[] form = form(credentials.form()).getBytes(StandardCharsets.US_ASCII);
    asked.body = () -> HttpRequest.BodyPublishers.ofByteArray(form);
    Attempts attempts = new Attempts(asked);
    while (true) {
      try {
        HttpResponse<InputStream> answer = once(asked, null);
        if (answer.statusCode() != 200) {
          attempts.refused(refusal(answer));
          continue;
        }
        try (InputStream body = answer.body()) {
          JsonNode token = Json.mapper().readTree(body.readAllBytes());
          return credentials.keep(token.path("access_token").asText(), Duration.ofSeconds(token.path("expires_in").asLong(300)));
        }
      } catch (IOException error) {
        attempts.lost(error);
      }
    }
  }

  private static String form(String[] pairs) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < pairs.length; at += 2) {
      text.append(at == 0 ? "" : "&").append(pairs[at]).append('=').append(Call.place(pairs[at + 1]));
    }
    return text.toString();
  }

  static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted", error);
    }
  }

  Attempts attempts(Call call) {
    return new Attempts(call);
  }

  /** The attempts at one call, from the first on. */
  final class Attempts {
    private final Call call;
    private int made;
    private long began;

    private Attempts(Call call) {
      this.call = call;
      again();
    }

    /** Something was achieved: count anew. */
    void again() {
      made = 0;
      began = System.nanoTime();
    }

    /** Wait after the connection failed; throws where another attempt is no use, or could do harm. */
    void lost(IOException error) {
      made++;
      boolean unsent = error instanceof ConnectException || error instanceof HttpConnectTimeoutException;
      if (!call.repeatable() && !unsent || !waited(null)) {
        String said = error instanceof HttpTimeoutException ? "the server did not answer in time" : "the server was not reached";
        throw new TransportException(said + ": " + error.getMessage(), error);
      }
    }

    /** Wait after a refusal; throws it where asking again is no use. */
    void refused(ApiException error) {
      made++;
      boolean worth = AGAIN.contains(error.status()) || error.code().equals("idempotency_in_progress")
          || PERHAPS.contains(error.status()) && call.repeatable();
      Duration told = Retry.told(error.headers().firstValue("retry-after").orElse(null), Instant.now());
      if (!worth || !waited(told)) {
        throw error;
      }
    }

    private boolean waited(Duration told) {
      var pause = retry.pause(made, Duration.ofNanos(System.nanoTime() - began), told);
      pause.ifPresent(Engine::sleep);
      return pause.isPresent();
    }
  }
}
