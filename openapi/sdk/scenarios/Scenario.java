import id.jembatan.client.ApiException;
import id.jembatan.client.Downloaded;
import id.jembatan.client.Hub;
import id.jembatan.client.NotModifiedException;
import id.jembatan.client.With;
import id.jembatan.client.api.EventsApi;
import id.jembatan.client.api.RfqsApi;
import id.jembatan.client.model.Event;
import id.jembatan.client.model.PartName;
import id.jembatan.client.model.PriceBreakIn;
import id.jembatan.client.model.Quote;
import id.jembatan.client.model.QuoteCreate;
import id.jembatan.client.model.QuoteLineIn;
import id.jembatan.client.model.Rfq;
import id.jembatan.client.model.RfqCard;
import id.jembatan.client.model.RfqCreate;
import id.jembatan.client.model.RfqLineIn;
import id.jembatan.client.model.RfqPatch;
import id.jembatan.client.model.StoredFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/** The story that every SDK plays, in Java. */
final class Scenario {
  private static final String TOMORROW = "value_of_tomorrow";

  private static RfqCreate draft(String title) {
    RfqLineIn line = new RfqLineIn()
        .lineNo(1L)
        .partNumber("P-001")
        .name(new PartName().id("Poros").en("Shaft"))
        .specification("Turn to the sizes in the characteristics.")
        .material("S45C")
        .processes(List.of("turning_cnc"))
        .quantity("100")
        .unit("H87");
    return new RfqCreate()
        .title(title)
        .visibility("open")
        .description("To be cleared")
        .quotesCloseAt(OffsetDateTime.now().plusHours(2))
        .lines(List.of(line));
  }

  private static void check(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError("wrong: " + what);
    }
  }

  private static void refused(Runnable call, int status, String code) {
    try {
      call.run();
    } catch (ApiException error) {
      check(error.status() == status && error.code().equals(code), error);
      check(error.problem().getRequestId() != null, error);
      return;
    }
    throw new AssertionError(code + " was expected");
  }

  private static void done(String step) {
    System.out.println("ok " + step);
  }

  public static void main(String[] arguments) throws Exception {
    boolean future = !System.getenv("FUTURE").isEmpty();
    Hub hub = Hub.of(System.getenv("JEMBATAN_URL"), System.getenv("BUYER_KEY"));
    Hub workshop = Hub.of(System.getenv("JEMBATAN_URL"), System.getenv("SUPPLIER_KEY"));
    Rfq rfq = hub.rfqs().create(draft("Shafts"));
    check(rfq.getIntent().equals(future ? TOMORROW : "firm"), rfq.getIntent());
    done("create");
    try {
      hub.rfqs().get(rfq.getId(), With.ifNoneMatch(rfq.getEtag()));
      throw new AssertionError("changed?");
    } catch (NotModifiedException unchanged) {
      done("etag");
    }
    Rfq changed = hub.rfqs().update(rfq.getId(), new RfqPatch().description(null), rfq.getEtag());
    check(changed.getDescription() == null && changed.getTitle().equals("Shafts"), changed);
    check(changed.getLines().size() == 1, changed);
    done("patch_null");
    refused(() -> hub.rfqs().update(rfq.getId(), new RfqPatch().title("Late"), rfq.getEtag()), 412, "stale_version");
    done("stale_etag");
    check(hub.rfqs().publish(rfq.getId(), With.ifMatch(changed.getEtag())).getState().equals("open"), rfq);
    done("publish");
    QuoteLineIn line = new QuoteLineIn()
        .lineNo(1L)
        .breaks(List.of(new PriceBreakIn().minQuantity("1").unitPrice("12500")))
        .leadTimeDays(14L);
    QuoteCreate content = new QuoteCreate().validUntil(LocalDate.now().plusDays(60)).lines(List.of(line));
    Quote quote = workshop.quotes().create(rfq.getId(), content);
    quote = workshop.quotes().submit(quote.getId(), With.ifMatch(quote.getEtag()));
    check(quote.getState().equals("submitted"), quote);
    done("quote");
    for (int number = 0; number < 2; number++) {
      hub.rfqs().create(draft("More " + number));
    }
    List<String> titles = hub.rfqs().iterate(new RfqsApi.ListQuery().limit(1L)).stream().map(RfqCard::getTitle).toList();
    check(titles.equals(List.of("More 1", "More 0", "Shafts")), titles);
    done("pages");
    StoredFile file = hub.files().upload(Path.of(System.getenv("BIG_FILE")), "large.pdf");
    done("upload");
    Downloaded got = hub.files().download(file.getId(), Path.of(System.getenv("OUT_FILE")));
    check(got.sha256().equals(file.getSha256()) && Files.size(got.path()) == file.getSize(), got);
    done("download");
    List<Event> events = hub.events().iterate(new EventsApi.ListQuery().subject(rfq.getId())).stream().toList();
    check(events.stream().anyMatch(each -> each.getType().equals("rfq.published")), events);
    check(events.stream().anyMatch(each -> each.getType().equals(TOMORROW)) == future, events);
    done("events");
    refused(() -> hub.rfqs().get("rfq_" + "0".repeat(32)), 404, "not_found");
    done("not_found");
  }
}
