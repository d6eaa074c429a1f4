package id.jembatan.client;

import com.fasterxml.jackson.databind.JsonNode;
import id.jembatan.client.model.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Deliveries that the server sent, told from those that somebody else did (Standard Webhooks 1.0). */
public final class Webhook {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private Webhook() {}

  /**
   * The JSON of a delivery; {@link BadSignatureException} when it is forged, changed or too old.
   *
   * @param header gives a header field by its name in small letters, or null: {@code request::getHeader} of a servlet
   * @param body as it came, before anything has parsed it
   * @param now the time it is now
   * @param secrets your endpoint's {@code whsec_…}; two while a rotation is under way
   */
  public static JsonNode verify(UnaryOperator<String> header, byte[] body, Instant now, List<String> secrets) {
    String id = header.apply("webhook-id");
    String stamp = header.apply("webhook-timestamp");
    String offered = header.apply("webhook-signature");
    if (id == null || offered == null || stamp == null || !stamp.matches("\\d{1,12}")) {
      throw new BadSignatureException("headers are missing or malformed");
    }
    if (Duration.between(Instant.ofEpochSecond(Long.parseLong(stamp)), now).abs().compareTo(TOLERANCE) > 0) {
      throw new BadSignatureException("too old, or from the future: it may be a delivery that somebody recorded");
    }
    byte[] head = (id + "." + stamp + ".").getBytes(StandardCharsets.UTF_8);
    for (String secret : secrets) {
      byte[] wanted = signature(secret, head, body).getBytes(StandardCharsets.US_ASCII);
      for (String each : offered.split(" ")) {
        if (MessageDigest.isEqual(wanted, each.getBytes(StandardCharsets.US_ASCII))) {
          return read(body);
        }
      }
    }
    throw new BadSignatureException("no signature fits");
  }

  /** The event of a delivery, verified; empty for a test message. Keep its id: a delivery may come more than once. */
  public static Optional<Event> event(UnaryOperator<String> header, byte[] body, Instant now, List<String> secrets) {
    JsonNode document = verify(header, body, now, secrets);
    JsonNode data = document.has("subject_type") ? document : document.path("data");
    return data.has("subject_type") ? Optional.of(Json.mapper().convertValue(data, Event.class)) : Optional.empty();
  }

  private static JsonNode read(byte[] body) {
    try {
      return Json.mapper().readTree(body);
    } catch (IOException error) {
      throw new BadSignatureException("the body is no JSON, though its signature is right");
    }
  }

  private static String signature(String secret, byte[] head, byte[] body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (IllegalArgumentException | GeneralSecurityException error) {
      throw new BadSignatureException("the secret is none: it begins with whsec_");
    }
  }
}
