<?php
/** The story that every SDK plays, in PHP. */

require getenv('GUZZLE');
spl_autoload_register(static function (string $class): void {
    $file = getenv('SDK') . '/lib/' . str_replace('\\', '/', preg_replace('/^Jembatan\\\\/', '', $class)) . '.php';
    if (str_starts_with($class, 'Jembatan\\') && is_file($file)) { require $file; }
});
use Jembatan\Api\EventsApi; use Jembatan\Api\FilesApi; use Jembatan\Api\QuotesApi; use Jembatan\Api\RfqsApi;
use Jembatan\ApiException; use Jembatan\Configuration; use Jembatan\Model as M;

function check(bool $holds, mixed $what): void { if (!$holds) { throw new Exception('wrong: ' . print_r($what, true)); } }
function done(string $step): void { echo "ok $step\n"; }
function key_(): string { return bin2hex(random_bytes(16)); }
function refused(callable $call, int $status, ?string $code): void {
    try { $call(); } catch (ApiException $error) {
        check($error->getCode() === $status, $error->getMessage());
        if ($code) { check(json_decode((string) $error->getResponseBody())->code === $code, $error->getResponseBody()); }
        return;
    }
    throw new Exception("$status was expected");
}
function draft(string $title): M\RfqCreate {
    $line = new M\RfqLineIn(['line_no' => 1, 'part_number' => 'P-001', 'name' => new M\PartName(['id' => 'Poros', 'en' => 'Shaft']),
        'specification' => 'Turn.', 'material' => 'S45C', 'processes' => ['turning_cnc'], 'quantity' => '100', 'unit' => 'H87']);
    return new M\RfqCreate(['title' => $title, 'visibility' => 'open', 'description' => 'To be cleared',
        'quotes_close_at' => new DateTime('+2 hours'), 'lines' => [$line]]);
}
$config = fn (string $key) => (new Configuration())->setHost(getenv('JEMBATAN_URL'))->setAccessToken(getenv($key));
$http = new GuzzleHttp\Client();
$future = getenv('FUTURE') !== '';
$rfqs = new RfqsApi($http, $config('BUYER_KEY'));
$rfq = $rfqs->createRfq(draft('Shafts'), key_());
check($rfq->getIntent() === ($future ? 'value_of_tomorrow' : 'firm'), $rfq->getIntent());
done('create');
refused(fn () => $rfqs->getRfq($rfq->getId(), $rfq->getEtag()), 304, null);
done('etag');
$patch = new M\RfqPatch(); $patch->setDescription(null);
$changed = $rfqs->updateRfq($rfq->getId(), $rfq->getEtag(), $patch);
check($changed->getDescription() === null && $changed->getTitle() === 'Shafts', $changed);
done('patch_null');
refused(fn () => $rfqs->updateRfq($rfq->getId(), $rfq->getEtag(), new M\RfqPatch(['title' => 'Late'])), 412, 'stale_version');
done('stale_etag');
check($rfqs->publishRfq($rfq->getId(), key_(), $changed->getEtag())->getState() === 'open', $rfq);
done('publish');
$quotes = new QuotesApi($http, $config('SUPPLIER_KEY'));
$line = new M\QuoteLineIn(['line_no' => 1, 'breaks' => [new M\PriceBreakIn(['min_quantity' => '1', 'unit_price' => '12500'])], 'lead_time_days' => 14]);
$quote = $quotes->createQuote($rfq->getId(), new M\QuoteCreate(['valid_until' => new DateTime('+60 days'), 'lines' => [$line]]), key_());
$quote = $quotes->submitQuote($quote->getId(), key_(), $quote->getEtag());
check($quote->getState() === 'submitted', $quote);
done('quote');
foreach ([0, 1] as $n) { $rfqs->createRfq(draft("More $n"), key_()); }
$titles = []; $after = null;
do {
    $page = $rfqs->listRfqs(limit: 1, after: $after);
    foreach ($page->getItems() as $card) { $titles[] = $card->getTitle(); }
    $after = $page->getNextCursor();
} while ($after !== null);
check($titles === ['More 1', 'More 0', 'Shafts'], $titles);
done('pages');
$files = new FilesApi($http, $config('BUYER_KEY'));
$file = $files->uploadFile('large.pdf', fopen(getenv('BIG_FILE'), 'rb'), key_());
done('upload');
$got = $files->downloadFile($file->getId());
check(hash_file('sha256', $got->getPathname()) === $file->getSha256(), $got);
done('download');
$types = array_map(fn ($each) => $each->getType(), (new EventsApi($http, $config('BUYER_KEY')))->listEvents(subject: $rfq->getId())->getItems());
check(in_array('rfq.published', $types, true), $types);
done('events');
refused(fn () => $rfqs->getRfq('rfq_' . str_repeat('0', 32)), 404, 'not_found');
done('not_found');
