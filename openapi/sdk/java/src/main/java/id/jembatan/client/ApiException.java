package id.jembatan.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import id.jembatan.client.model.Problem;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** The server refused. Branch on {@link #code()}; show the message to people. */
public final class ApiException extends JembatanException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient HttpHeaders headers;
  private final transient Problem problem;

  private ApiException(String message, int status, HttpHeaders headers, Problem problem) {
    super(message, null);
    this.status = status;
    this.headers = headers;
    this.problem = problem;
  }

  static ApiException of(int status, HttpHeaders headers, byte[] body) {
    Problem problem = read(body);
    String said = problem == null
        ? new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8)
        : problem.getCode() + ": " + problem.getTitle() + ": " + problem.getDetail();
    return new ApiException(status + " " + said, status, headers, problem);
  }

  private static Problem read(byte[] body) {
    try {
      Problem found = Json.mapper().readValue(body, Problem.class);
      return found == null || found.getCode() == null ? null : found;
    } catch (JsonProcessingException error) {
      return null; // something before the server answered
    } catch (IOException error) {
      throw new IllegalStateException(error); // bytes in memory are always there
    }
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The refusal's name; {@code http_502} and the like where something before the server answered. */
  public String code() {
    return problem == null ? "http_" + status : problem.getCode();
  }

  /** The whole document (RFC 9457), or null where something before the server answered. */
  public Problem problem() {
    return problem;
  }

  /** The answer's header fields. */
  public HttpHeaders headers() {
    return headers;
  }
}
