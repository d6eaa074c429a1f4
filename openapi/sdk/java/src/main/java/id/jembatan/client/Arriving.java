package id.jembatan.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The body of an answer, read as it arrives. The JDK's own stream waits for ever where a server falls silent; this one does not. */
final class Arriving extends InputStream implements BodySubscriber<InputStream> {
  private final Duration silence;
  // Buffers; an empty optional ends it; what broke it comes as a Throwable. One list is asked for at a time.
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final ArrayDeque<ByteBuffer> ready = new ArrayDeque<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private boolean ended;

  Arriving(Duration silence) {
    this.silence = silence;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.complete(given);
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.add(List.copyOf(buffers));
  }

  @Override
  public void onError(Throwable error) {
    arrived.add(error);
  }

  @Override
  public void onComplete() {
    arrived.add(Optional.empty());
  }

  private boolean fill() throws IOException {
    while (!ended && (ready.isEmpty() || !ready.peek().hasRemaining())) {
      if (!ready.isEmpty()) {
        ready.remove();
        if (ready.isEmpty()) {
          subscription.join().request(1);
        }
        continue;
      }
      Object next;
      try {
        next = arrived.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException error) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", error);
      }
      if (next instanceof List<?> buffers) {
        buffers.forEach(each -> ready.add((ByteBuffer) each));
        if (ready.isEmpty()) {
          subscription.join().request(1);
        }
      } else if (next instanceof Optional) {
        ended = true;
      } else if (next instanceof Throwable broke) {
        throw new IOException("the answer broke off", broke);
      } else {
        throw new HttpTimeoutException("the server said nothing for " + silence.toSeconds() + " s");
      }
    }
    return !ended;
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready.peek().get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, ready.peek().remaining());
    ready.peek().get(into, offset, count);
    return count;
  }

  @Override
  public void close() {
    ended = true;
    subscription.thenAccept(Flow.Subscription::cancel);
  }
}
