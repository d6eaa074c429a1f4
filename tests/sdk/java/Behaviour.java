import id.jembatan.client.ApiException;
import id.jembatan.client.BadSignatureException;
import id.jembatan.client.Credentials;
import id.jembatan.client.EventStream;
import id.jembatan.client.Hub;
import id.jembatan.client.Json;
import id.jembatan.client.JsonNullable;
import id.jembatan.client.Retry;
import id.jembatan.client.TransportException;
import id.jembatan.client.Webhook;
import id.jembatan.client.With;
import id.jembatan.client.api.EventsApi;
import id.jembatan.client.api.RfqsApi;
import id.jembatan.client.model.Event;
import id.jembatan.client.model.RfqCreate;
import id.jembatan.client.model.RfqPatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plays against a server whose answers are given: each case has a path of its own. Prints what came of each. */
final class Behaviour {
  private static final Retry QUICK = new Retry(6, Duration.ofSeconds(20), Duration.ofMillis(2), Duration.ofMillis(20));

  private final String url;

  private Behaviour(String url) {
    this.url = url;
  }

  private Hub hub(String play) {
    return Hub.at(url + "/" + play).key("jbt_x").retry(QUICK).build();
  }

  private interface Play {
    Object run() throws Exception;
  }

  private static void say(String play, Play body) {
    Object came;
    try {
      came = body.run();
    } catch (ApiException error) {
      came = error.code();
    } catch (TransportException error) {
      came = "lost";
    } catch (BadSignatureException error) {
      came = "bad signature";
    } catch (Exception error) {
      came = error.getClass().getSimpleName();
    }
    System.out.println(play + " " + came);
  }

  private static String deleted(Hub hub) {
    hub.rfqs().delete("rfq_1", "\"1\"");
    return "deleted";
  }

  private static Object verified(String secret, String stamp, String signature, String body, long now) {
    Map<String, String> headers = Map.of("webhook-id", "evt_1", "webhook-timestamp", stamp, "webhook-signature", signature);
    List<String> secrets = List.of("whsec_" + "A".repeat(32), secret);
    return Webhook.verify(headers::get, body.getBytes(StandardCharsets.UTF_8), Instant.ofEpochSecond(now), secrets);
  }

  public static void main(String[] arguments) {
    Behaviour at = new Behaviour(arguments[0]);
    Path folder = Path.of(arguments[1]);
    String secret = arguments[2];
    String stamp = arguments[3];
    String signature = arguments[4];
    say("retries", () -> at.hub("retries").rfqs().create(new RfqCreate().title("x")).getId());
    say("change", () -> deleted(at.hub("change")));
    say("patience", () -> at.hub("patience").rfqs().get("rfq_1"));
    say("path", () -> {
      at.hub("place").rfqs().delete("../credentials?x=", "\"1\"");
      return "stayed";
    });
    say("dry", () -> at.hub("dry").rfqs().get("rfq_1", With.dryRun()));
    say("tokens", () -> {
      Credentials client = Credentials.client("crd_1", "jbt_x", "rfqs:write");
      Hub hub = Hub.at(at.url + "/tokens").credentials(client).retry(QUICK).build();
      return deleted(hub) + deleted(hub) + deleted(hub);
    });
    say("broken", () -> {
      at.hub("broken").files().download("fil_1", folder.resolve("broken.bin"));
      return Files.size(folder.resolve("broken.bin"));
    });
    say("other", () -> {
      Files.writeString(folder.resolve("other.bin.part"), "xx");
      at.hub("other").files().download("fil_1", folder.resolve("other.bin"));
      return Files.readString(folder.resolve("other.bin"));
    });
    say("stream", () -> {
      List<String> seen = new ArrayList<>();
      try (EventStream<Event> events = at.hub("stream").events().stream(new EventsApi.StreamQuery().after("c0"))) {
        while (seen.size() < 3) {
          seen.add(events.next().getId() + "@" + events.lastId());
        }
      }
      return String.join(",", seen);
    });
    say("pages", () -> at.hub("pages").rfqs().iterate(new RfqsApi.ListQuery().after("c1").limit(2L)).stream().count());
    say("true", () -> verified(secret, stamp, signature, arguments[5], Long.parseLong(stamp) + 60).toString());
    say("changed", () -> verified(secret, stamp, signature, arguments[5] + " ", Long.parseLong(stamp)));
    say("late", () -> verified(secret, stamp, signature, arguments[5], Long.parseLong(stamp) + 301));
    say("foreign", () -> verified("whsec_" + "B".repeat(32), stamp, signature, arguments[5], Long.parseLong(stamp)));
    say("patch", () -> Json.mapper().writeValueAsString(new RfqPatch().title("x").description(null)));
    say("nullable", () -> {
      RfqPatch read = Json.mapper().readValue("{\"description\":null,\"nda_text\":\"x\"}", RfqPatch.class);
      JsonNullable<String> incoterm = read.getIncoterm_JsonNullable();
      return read.getDescription_JsonNullable().isPresent() + "," + read.getNdaText() + "," + incoterm.isPresent();
    });
  }
}
