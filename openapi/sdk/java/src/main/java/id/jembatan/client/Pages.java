package id.jembatan.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Every item of every page, fetched as they are needed, from the beginning each time it is gone through.
 *
 * @param <T> an item
 */
public final class Pages<T> implements Iterable<T> {
  private final String start;
  private final Function<String, Page<T>> fetch;

  record Page<T>(List<T> items, String next) {}

  Pages(String start, Function<String, Page<T>> fetch) {
    this.start = start;
    this.fetch = fetch;
  }

  /** As a stream. */
  public Stream<T> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private Iterator<T> items = List.<T>of().iterator();
      private String cursor = start;
      private boolean more = true;

      @Override
      public boolean hasNext() {
        while (more && !items.hasNext()) {
          Page<T> page = fetch.apply(cursor);
          items = page.items().iterator();
          // The feed's last page is empty and has a cursor: there is nothing new yet.
          more = page.next() != null && !page.items().isEmpty();
          cursor = page.next();
        }
        return items.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return items.next();
      }
    };
  }
}
