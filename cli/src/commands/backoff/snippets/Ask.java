// Sends each line of standard input, a request in JSON, and tries again by one policy:
// {{command}}
//
// echo '{"model":"gpt-5","messages":[{"role":"user","content":"Hello"}]}' | OPENAI_API_KEY=... java Ask.java
// Java 11 or later, and no library.

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class Ask {
    // All in seconds. No wait before a further try is longer than CAP.
    static final double BASE = {{base}}, CAP = {{cap}};
    // Without a whole answer for so long, a try has failed.
    static final long TIMEOUT = {{timeout}};
    // All tries for one answer, and the waits between, take no longer.
    static final long BUDGET = {{budget}};
    // Between two new requests, in ms: many at once are refused, or make an overload worse.
    static final long GAP = {{gap_ms}};

    static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(TIMEOUT)).build();
    static final String KEY = System.getenv("OPENAI_API_KEY");
    static final String GIVEN = System.getenv().getOrDefault("OPENAI_BASE_URL", "");
    static final String BASE_URL = GIVEN.isEmpty() ? "https://api.openai.com/v1" : GIVEN;

    // The result of one try; status 0 where the connection failed.
    static class Result {
        final int status;
        final String body;
        final double wait; // seconds that the server asks for; it may also name a date, OpenAI does not

        Result(int status, String body, double wait) {
            this.status = status;
            this.body = body;
            this.wait = wait;
        }

        // What stands between may answer 200 with a page of its own.
        boolean isAnswer() {
            return status == 200 && body.stripLeading().startsWith("{");
        }

        // Whether another try can help: never with what only you can change, such as the key, the request or the credit.
        boolean mayPass() {
            boolean passing = status == 0 || status == 408 || status == 409 || status == 429 || status >= 500;
            return passing && !body.contains("\"insufficient_quota\"");
        }
    }

    static Result call(String json) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(BASE_URL + "/chat/completions"))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
        // HttpRequest's own timeout ends with the head of the answer; this one holds for all of it.
        var answer = CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            var response = answer.get(TIMEOUT, TimeUnit.SECONDS);
            var asked = response.headers().firstValue("retry-after").filter(value -> value.matches("\\d{1,9}"));
            return new Result(response.statusCode(), response.body(), asked.map(Double::valueOf).orElse(0.0));
        } catch (ExecutionException | TimeoutException error) {
            answer.cancel(true);
            return new Result(0, String.valueOf(error), 0);
        }
    }

    static Result ask(String json) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BUDGET);
        double step = BASE;
        while (true) {
            Result result = call(json);
            step = {{step}};
            // {{jitter}}, on top of what the server asks for: it tells all clients the same.
            long pause = (long) ((result.wait + {{wait}}) * 1000);
            long left = deadline - System.nanoTime();
            if (result.isAnswer() || !result.mayPass() || TimeUnit.MILLISECONDS.toNanos(pause) > left) {
                return result;
            }
            Thread.sleep(pause);
        }
    }

    static void answer(int number, String json) {
        try {
            Result result = ask(json);
            if (result.isAnswer()) {
                System.out.println(number + "\t" + result.body);
                return;
            }
            System.err.println("no answer, status " + result.status + ": " + result.body);
        } catch (InterruptedException | IllegalArgumentException error) {
            System.err.println(error);
        }
        // The first that fails for good ends them all: the next ones would fail like it.
        System.exit(1);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (KEY == null || KEY.isEmpty()) {
            System.err.println("OPENAI_API_KEY is not set");
            System.exit(1);
        }
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = lines.readLine();
        for (int number = 0; line != null; number++) {
            int at = number;
            String json = line;
            new Thread(() -> answer(at, json)).start();
            line = lines.readLine();
            if (line != null) {
                Thread.sleep(GAP);
            }
        }
    }
}
