// Puts each line of standard input to the model, and tries again by one policy:
// {{command}}
//
// OPENAI_API_KEY=... go run ask.go <prompts.txt
// Go 1.20 or later: before it, math/rand gave every program the same numbers.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math"
	"math/rand"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

const model = "gpt-5"

// In seconds. No wait before a further try is longer than maxWait.
const baseWait, maxWait = {{base}}, {{cap}}

// Without a whole answer for so long, a try has failed.
const timeout = {{timeout}} * time.Second

// All tries for one answer, and the waits between, take no longer.
const budget = {{budget}} * time.Second

// Between two new requests: many at once are refused, or make an overload worse.
const gap = {{gap_ms}} * time.Millisecond

// client tries nothing again by itself.
var client = &http.Client{Timeout: timeout}

// failure says why there is no answer.
type failure struct {
	status   int           // 0 where the connection failed
	wait     time.Duration // what the server asks for; it may also name a date, OpenAI does not
	noCredit bool
	words    string
}

// mayPass tells whether another try can help: never with what only you can change, such as the key, the request or the
// credit.
func (f *failure) mayPass() bool {
	switch f.status {
	case 0, 408, 409, 429:
		return !f.noCredit
	}
	return f.status >= 500
}

func call(prompt string) (string, *failure) {
	message := map[string]string{"role": "user", "content": prompt}
	body, err := json.Marshal(map[string]any{"model": model, "messages": []any{message}})
	if err != nil {
		log.Fatal(err)
	}
	base := os.Getenv("OPENAI_BASE_URL")
	if base == "" {
		base = "https://api.openai.com/v1"
	}
	request, err := http.NewRequest(http.MethodPost, base+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("OPENAI_API_KEY"))
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return "", &failure{words: err.Error()}
	}
	defer response.Body.Close()
	words, err := io.ReadAll(response.Body)
	if err != nil {
		return "", &failure{words: err.Error()}
	}
	var told struct {
		Choices []struct{ Message struct{ Content string } }
		Error   struct{ Code string }
	}
	// An edge answers in HTML: that is no JSON, and says nothing of credit.
	if json.Unmarshal(words, &told) == nil && response.StatusCode == 200 && len(told.Choices) > 0 {
		return told.Choices[0].Message.Content, nil
	}
	asked, _ := strconv.Atoi(response.Header.Get("Retry-After"))
	return "", &failure{
		status:   response.StatusCode,
		wait:     time.Duration(asked) * time.Second,
		noCredit: told.Error.Code == "insufficient_quota",
		words:    string(words),
	}
}

func ask(prompt string) (string, *failure) {
	deadline, step := time.Now().Add(budget), baseWait
	for {
		answer, failure := call(prompt)
		if failure == nil {
			return answer, nil
		}
		step = {{step}}
		// {{jitter}}, on top of what the server asks for: it tells all clients the same.
		pause := failure.wait + time.Duration({{wait}}*float64(time.Second))
		if !failure.mayPass() || time.Now().Add(pause).After(deadline) {
			return "", failure
		}
		time.Sleep(pause)
	}
}

func main() {
	if os.Getenv("OPENAI_API_KEY") == "" {
		log.Fatal("OPENAI_API_KEY is not set")
	}
	var answers sync.WaitGroup
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for number := 0; lines.Scan(); number++ {
		if number > 0 {
			time.Sleep(gap)
		}
		answers.Add(1)
		go func(number int, prompt string) {
			defer answers.Done()
			answer, failure := ask(prompt)
			if failure != nil {
				// The first that fails for good ends them all: the next ones would fail like it.
				log.Fatalf("no answer, status %d: %s", failure.status, failure.words)
			}
			fmt.Printf("%d\t%s\n", number, answer)
		}(number, lines.Text())
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	answers.Wait()
}
