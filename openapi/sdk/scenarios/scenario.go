// The story that every SDK plays, in Go.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	jembatan "jembatan.example/jembatan/jembatan-go"
)

var ctx = context.Background()

func check(holds bool, what ...any) {
	if !holds {
		panic(fmt.Sprint("wrong: ", what))
	}
}

func must[T any](value T, _ *http.Response, err error) T {
	if err != nil {
		if problem := jembatan.ProblemOf(err); problem != nil {
			panic(problem.Code + ": " + problem.Detail)
		}
		panic(err)
	}
	return value
}

func refused[T any](_ T, response *http.Response, err error) *jembatan.Problem {
	check(err != nil && response != nil, "a refusal was expected")
	return jembatan.ProblemOf(err)
}

func draft(title string) jembatan.RfqCreate {
	name := jembatan.NewPartName("Poros")
	name.SetEn("Shaft")
	line := jembatan.NewRfqLineIn(1, "P-001", *name, "100", "H87")
	line.SetSpecification("Turn to the sizes in the characteristics.")
	line.SetMaterial("S45C")
	line.SetProcesses([]string{"turning_cnc"})
	rfq := jembatan.NewRfqCreate(title)
	rfq.SetVisibility("open")
	rfq.SetDescription("To be cleared")
	rfq.SetQuotesCloseAt(time.Now().Add(2 * time.Hour))
	rfq.SetLines([]jembatan.RfqLineIn{*line})
	return *rfq
}

func main() {
	hub := jembatan.NewHub(os.Getenv("JEMBATAN_URL"), os.Getenv("BUYER_KEY"), jembatan.DefaultRetry)
	workshop := jembatan.NewHub(os.Getenv("JEMBATAN_URL"), os.Getenv("SUPPLIER_KEY"), jembatan.DefaultRetry)
	intent := "firm"
	if os.Getenv("FUTURE") != "" {
		intent = "value_of_tomorrow"
	}
	rfq := must(hub.RfqsAPI.CreateRfq(ctx).RfqCreate(draft("Shafts")).Execute())
	check(rfq.Intent == intent, rfq.Intent)
	fmt.Println("ok create")
	_, response, err := hub.RfqsAPI.GetRfq(ctx, rfq.Id).IfNoneMatch(rfq.Etag).Execute()
	check(err != nil && response.StatusCode == 304, response, err)
	fmt.Println("ok etag")
	change := jembatan.NewRfqPatch()
	change.SetDescriptionNil()
	changed := must(hub.RfqsAPI.UpdateRfq(ctx, rfq.Id).IfMatch(rfq.Etag).RfqPatch(*change).Execute())
	check(!changed.Description.IsSet() || changed.Description.Get() == nil, changed.Description.Get())
	check(changed.Title == "Shafts", changed.Title)
	fmt.Println("ok patch_null")
	late := jembatan.NewRfqPatch()
	late.SetTitle("Late")
	problem := refused(hub.RfqsAPI.UpdateRfq(ctx, rfq.Id).IfMatch(rfq.Etag).RfqPatch(*late).Execute())
	check(problem != nil && problem.Status == 412 && problem.Code == "stale_version", problem)
	fmt.Println("ok stale_etag")
	open := must(hub.RfqsAPI.PublishRfq(ctx, rfq.Id).IfMatch(changed.Etag).Execute())
	check(open.State == "open", open.State)
	fmt.Println("ok publish")
	line := jembatan.NewQuoteLineIn(1)
	line.SetBreaks([]jembatan.PriceBreakIn{*jembatan.NewPriceBreakIn("1", "12500")})
	line.SetLeadTimeDays(14)
	content := jembatan.NewQuoteCreate(time.Now().AddDate(0, 2, 0).Format("2006-01-02"))
	content.SetLines([]jembatan.QuoteLineIn{*line})
	quote := must(workshop.QuotesAPI.CreateQuote(ctx, rfq.Id).QuoteCreate(*content).Execute())
	quote = must(workshop.QuotesAPI.SubmitQuote(ctx, quote.Id).IfMatch(quote.Etag).Execute())
	check(quote.State == "submitted", quote.State)
	fmt.Println("ok quote")
	for number := range 2 {
		must(hub.RfqsAPI.CreateRfq(ctx).RfqCreate(draft(fmt.Sprint("More ", number))).Execute())
	}
	var titles []string
	for after := ""; ; {
		call := hub.RfqsAPI.ListRfqs(ctx).Limit(1)
		if after != "" {
			call = call.After(after)
		}
		page := must(call.Execute())
		for _, card := range page.Items {
			titles = append(titles, card.Title)
		}
		next := page.NextCursor.Get()
		if next == nil {
			break
		}
		after = *next
	}
	check(strings.Join(titles, ",") == "More 1,More 0,Shafts", titles)
	fmt.Println("ok pages")
	file, err := hub.Upload(ctx, os.Getenv("BIG_FILE"))
	check(err == nil, err)
	fmt.Println("ok upload")
	sha, err := hub.Download(ctx, file.Id, os.Getenv("OUT_FILE"))
	check(err == nil && sha == file.Sha256, sha, err)
	fmt.Println("ok download")
	told := false
	for _, event := range must(hub.EventsAPI.ListEvents(ctx).Subject(rfq.Id).Execute()).Items {
		told = told || event.Type == "rfq.published" && *event.SubjectId.Get() == rfq.Id
	}
	check(told, "not published?")
	fmt.Println("ok events")
	problem = refused(hub.RfqsAPI.GetRfq(ctx, "rfq_"+strings.Repeat("0", 32)).Execute())
	check(problem != nil && problem.Status == 404 && problem.Code == "not_found", problem)
	fmt.Println("ok not_found")
}
