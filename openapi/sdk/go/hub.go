package jembatan

// Written by hand: the way in, with keys, retries, files and webhooks. The rest is generated.

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Retry says how often and how long one call is tried. A pause is never shorter than the server's Retry-After.
type Retry struct {
	Attempts int
	Total    time.Duration
	First    time.Duration
	Longest  time.Duration
}

// DefaultRetry tries for a minute at most.
var DefaultRetry = Retry{Attempts: 6, Total: time.Minute, First: 500 * time.Millisecond, Longest: 20 * time.Second}

// Pause after attempt number made, or false: give up. told is what Retry-After said, negative where it said nothing.
func (retry Retry) Pause(made int, elapsed, told time.Duration) (time.Duration, bool) {
	if made >= retry.Attempts {
		return 0, false
	}
	own := min(retry.Longest, retry.First<<(made-1))
	own = own/2 + time.Duration(mathrand.Int63n(int64(own/2)+1))
	wait := own
	if told >= 0 {
		wait = told + time.Duration(mathrand.Int63n(int64(min(time.Second, own))+1))
	}
	return wait, elapsed+wait <= retry.Total
}

// Hub is the server: every operation under its noun, as Hub.RfqsAPI.CreateRfq(ctx).
type Hub struct {
	*APIClient
	baseURL string
	http    *http.Client
}

// NewHub talks to the server at baseURL with an API key or a token.
func NewHub(baseURL, key string, retry Retry) *Hub {
	baseURL = strings.TrimRight(baseURL, "/")
	client := &http.Client{Transport: &patient{next: http.DefaultTransport, key: key, retry: retry}}
	configuration := NewConfiguration()
	configuration.Servers = ServerConfigurations{{URL: baseURL}}
	configuration.HTTPClient = client
	return &Hub{APIClient: NewAPIClient(configuration), baseURL: baseURL, http: client}
}

type patient struct {
	next  http.RoundTripper
	key   string
	retry Retry
}

// RoundTrip sends a request with a key, an idempotency key for a POST, and again where that can help and does no harm.
func (p *patient) RoundTrip(asked *http.Request) (*http.Response, error) {
	request := asked.Clone(asked.Context())
	request.Header.Set("Authorization", "Bearer "+p.key)
	if request.Method == http.MethodPost && request.Header.Get("Idempotency-Key") == "" {
		request.Header.Set("Idempotency-Key", rand.Text())
	}
	// A change with If-Match may have been done: a second one would be told that its version has gone.
	repeatable := request.Method == http.MethodGet || request.Header.Get("Idempotency-Key") != ""
	rewindable := request.Body == nil || request.Body == http.NoBody || request.GetBody != nil
	began := time.Now()
	for made := 1; ; made++ {
		if made > 1 && request.GetBody != nil {
			body, err := request.GetBody()
			if err != nil {
				return nil, err
			}
			request.Body = body
		}
		response, err := p.next.RoundTrip(request)
		told := time.Duration(-1)
		if err == nil {
			again := response.StatusCode == 429 || response.StatusCode == 503
			perhaps := response.StatusCode == 500 || response.StatusCode == 502 || response.StatusCode == 504
			if !again && !(perhaps && repeatable) {
				return response, nil
			}
			told = retryAfter(response.Header.Get("Retry-After"))
		} else if !repeatable || request.Context().Err() != nil {
			return nil, err
		}
		wait, goOn := p.retry.Pause(made, time.Since(began), told)
		if !goOn || !rewindable {
			return response, err
		}
		if response != nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20))
			_ = response.Body.Close()
		}
		select {
		case <-request.Context().Done():
			return nil, request.Context().Err()
		case <-time.After(wait):
		}
	}
}

func retryAfter(value string) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && seconds >= 0 {
		return time.Duration(seconds) * time.Second
	}
	if until, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(until))
	}
	return -1
}

// ProblemOf is the problem document of a refusal, or nil where err is none.
func ProblemOf(err error) *Problem {
	var refused *GenericOpenAPIError
	if errors.As(err, &refused) {
		problem := &Problem{}
		if json.Unmarshal(refused.Body(), problem) == nil && problem.Code != "" {
			return problem
		}
	}
	return nil
}

func (hub *Hub) send(request *http.Request, status ...int) (*http.Response, error) {
	response, err := hub.http.Do(request)
	if err != nil {
		return nil, err
	}
	for _, each := range status {
		if response.StatusCode == each {
			return response, nil
		}
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return nil, &GenericOpenAPIError{body: body, error: response.Status}
}

// Upload sends a file as it is read; it is opened anew for each attempt.
func (hub *Hub) Upload(ctx context.Context, path string) (*StoredFile, error) {
	open := func() (io.ReadCloser, error) { return os.Open(path) }
	body, err := open()
	if err != nil {
		return nil, err
	}
	known, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	where := hub.baseURL + "/v1/files?name=" + url.QueryEscape(filepath.Base(path))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, where, body)
	if err != nil {
		return nil, err
	}
	request.ContentLength, request.GetBody = known.Size(), open
	request.Header.Set("Content-Type", "application/octet-stream")
	response, err := hub.send(request, http.StatusCreated)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	file := &StoredFile{}
	return file, json.NewDecoder(response.Body).Decode(file)
}

// Download writes a file as it arrives, and goes on with what an earlier attempt left in path.part. Its SHA-256 is
// that of the server.
func (hub *Hub) Download(ctx context.Context, id, path string) (sha string, err error) {
	for attempt := 0; ; attempt++ {
		sha, again, err := hub.fetch(ctx, id, path+".part")
		if err == nil {
			return sha, os.Rename(path+".part", path)
		}
		if !again || attempt == 5 {
			return "", err
		}
	}
}

func (hub *Hub) fetch(ctx context.Context, id, part string) (sha string, again bool, err error) {
	file, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return "", false, err
	}
	defer file.Close()
	hash := sha256.New()
	have, err := io.Copy(hash, file)
	if err != nil {
		return "", false, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, hub.baseURL+"/v1/files/"+url.PathEscape(id)+"/content", nil)
	if err != nil {
		return "", false, err
	}
	if have > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	response, err := hub.send(request, http.StatusOK, http.StatusPartialContent, http.StatusRequestedRangeNotSatisfiable)
	if err != nil {
		return "", false, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusPartialContent {
		hash.Reset()
		if err := errors.Join(file.Truncate(0), rewound(file)); err != nil {
			return "", false, err
		}
		if response.StatusCode == http.StatusRequestedRangeNotSatisfiable {
			return "", true, errors.New("what was there is no part of it")
		}
	}
	if _, err := io.Copy(io.MultiWriter(file, hash), response.Body); err != nil {
		return "", ctx.Err() == nil, err
	}
	sha = hex.EncodeToString(hash.Sum(nil))
	if tag := strings.Trim(response.Header.Get("ETag"), `"`); len(tag) == len(sha) && tag != sha {
		return "", have > 0, errors.Join(errors.New("what arrived is not what the server has"), file.Truncate(0))
	}
	return sha, false, nil
}

func rewound(file *os.File) error {
	_, err := file.Seek(0, io.SeekStart)
	return err
}

// ErrBadSignature is a webhook that nobody here sent, that was changed on its way, or that is too old.
var ErrBadSignature = errors.New("jembatan: bad signature")

// VerifyWebhook tells whether a delivery is true. Pass the body as it came; two secrets while a rotation is under way.
func VerifyWebhook(header http.Header, body []byte, now time.Time, secrets ...string) error {
	id, stamp := header.Get("Webhook-Id"), header.Get("Webhook-Timestamp")
	sent, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || id == "" || now.Sub(time.Unix(sent, 0)).Abs() > 5*time.Minute {
		return ErrBadSignature
	}
	signed := bytes.Join([][]byte{[]byte(id), []byte(stamp), body}, []byte("."))
	for _, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil {
			continue
		}
		made := hmac.New(sha256.New, key)
		made.Write(signed)
		wanted := "v1," + base64.StdEncoding.EncodeToString(made.Sum(nil))
		for _, offered := range strings.Fields(header.Get("Webhook-Signature")) {
			if hmac.Equal([]byte(offered), []byte(wanted)) {
				return nil
			}
		}
	}
	return ErrBadSignature
}
