package id.jembatan.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;

/**
 * Events as they happen, without end; close it to stop. A connection that broke is taken up after the last event.
 *
 * @param <T> an event
 */
public final class EventStream<T> implements Iterator<T>, AutoCloseable {
  private final Engine engine;
  private final Call call;
  private final Class<T> type;
  private final Engine.Attempts attempts;
  private InputStream connection;
  private BufferedReader lines;
  private String lastId;
  private String id;
  private Duration pause = Duration.ofSeconds(1);
  private T next;
  private boolean closed;

  EventStream(Engine engine, Call call, Class<T> type) {
    this.engine = engine;
    this.call = call.header("Accept", "text/event-stream");
    this.type = type;
    this.attempts = engine.attempts(this.call);
  }

  /** The cursor of the last event that {@link #next} gave: keep it with what you did, and begin again there. */
  public String lastId() {
    return lastId;
  }

  /** Waits for the next event; false once it is closed. */
  @Override
  public boolean hasNext() {
    while (next == null && !closed) {
      try {
        if (lines == null) {
          Call asked = lastId == null ? call : call.header("Last-Event-ID", lastId);
          HttpResponse<InputStream> answer = engine.send(asked);
          connection = answer.body();
          lines = new BufferedReader(new InputStreamReader(connection, StandardCharsets.UTF_8));
        }
        next = one();
        if (next == null && !closed) {
          disconnect();
          Engine.sleep(pause); // ended in order: a server that restarts, or a longest time
        }
      } catch (IOException error) {
        if (!closed) {
          disconnect();
          attempts.lost(error);
        }
      }
    }
    return next != null;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new java.util.NoSuchElementException();
    }
    T found = next;
    next = null;
    lastId = id;
    return found;
  }

  private T one() throws IOException {
    StringBuilder data = new StringBuilder();
    id = lastId;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (name) {
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        case "id" -> id = value;
        case "retry" -> pause = value.matches("\\d{1,7}") ? Duration.ofMillis(Long.parseLong(value)) : pause;
        default -> {
          if (line.isEmpty() && !data.isEmpty()) {
            attempts.again();
            try {
              return Json.mapper().readValue(data.toString(), type);
            } catch (JsonProcessingException error) {
              data.setLength(0); // something that a later server says in another form
            }
          }
        }
      }
    }
    return null;
  }

  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (IOException error) {
      return; // it was to be closed
    } finally {
      connection = null;
      lines = null;
    }
  }

  /** Stop. */
  @Override
  public void close() {
    closed = true;
    disconnect();
  }
}
