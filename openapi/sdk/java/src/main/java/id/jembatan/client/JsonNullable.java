package id.jembatan.client;

import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * A member of a JSON object that may be absent, null, or a value: in a PATCH, what is absent stays and null clears.
 *
 * <p>Setters of the models make one: {@code new RfqPatch().description(null)} sends null, and without that call nothing is sent.
 *
 * @param <T> what it is when it is there
 */
public final class JsonNullable<T> {
  private static final JsonNullable<?> UNDEFINED = new JsonNullable<>(null, false);

  private final T value;
  private final boolean present;

  private JsonNullable(T value, boolean present) {
    this.value = value;
    this.present = present;
  }

  /** Absent. */
  @SuppressWarnings("unchecked")
  public static <T> JsonNullable<T> undefined() {
    return (JsonNullable<T>) UNDEFINED;
  }

  /** There: a value, or null. */
  public static <T> JsonNullable<T> of(T value) {
    return new JsonNullable<>(value, true);
  }

  /** Whether it is there, as a value or as null. */
  public boolean isPresent() {
    return present;
  }

  /** The value, or null; {@link NoSuchElementException} where it is absent. */
  public T get() {
    if (!present) {
      throw new NoSuchElementException("absent");
    }
    return value;
  }

  /** The value, or null; {@code other} where it is absent. */
  public T orElse(T other) {
    return present ? value : other;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonNullable<?> that && present == that.present && Objects.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return present ? Objects.hashCode(value) : 31;
  }

  @Override
  public String toString() {
    return present ? String.valueOf(value) : "absent";
  }
}
