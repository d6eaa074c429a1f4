package id.jembatan.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long one call is tried.
 *
 * @param attempts in all
 * @param total from the first to the last; what {@code Retry-After} puts beyond it is refused at once
 * @param first the first pause, doubled each time
 * @param longest the longest pause of our own
 */
public record Retry(int attempts, Duration total, Duration first, Duration longest) {
  /** A minute at most. */
  public static final Retry USUAL =
      new Retry(6, Duration.ofMinutes(1), Duration.ofMillis(500), Duration.ofSeconds(20));

  /** How long to wait after attempt number {@code made}; empty: give up. {@code told} is the server's {@code Retry-After}, or null. */
  Optional<Duration> pause(int made, Duration elapsed, Duration told) {
    if (made >= attempts) {
      return Optional.empty();
    }
    long most = Math.min(longest.toMillis(), first.toMillis() << Math.min(made - 1, 20));
    long own = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    // Everybody who was refused at one moment is told the same time: some come a little later.
    long wait = told == null ? own : told.toMillis() + ThreadLocalRandom.current().nextLong(Math.min(1000, own) + 1);
    return elapsed.toMillis() + wait > total.toMillis() ? Optional.empty() : Optional.of(Duration.ofMillis(wait));
  }

  /** What {@code Retry-After} asks for, in either of its forms; null where it says nothing. */
  static Duration told(String value, Instant now) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Duration until = Duration.between(now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeParseException error) {
      return null;
    }
  }
}
