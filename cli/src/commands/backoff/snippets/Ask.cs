// Sends each line of standard input, a request in JSON, and tries again by one policy:
// {{command}}
//
// In a project that `dotnet new console` made, with this as its only file:
// echo '{"model":"gpt-5","messages":[{"role":"user","content":"Hello"}]}' | OPENAI_API_KEY=... dotnet run
// With Mono: mcs -r:System.Net.Http.dll Ask.cs && mono Ask.exe

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

static class Ask
{
    // All in seconds. No wait before a further try is longer than Cap.
    const double Base = {{base}}, Cap = {{cap}};
    // Without a whole answer for so long, a try has failed.
    const int Timeout = {{timeout}};
    // All tries for one answer, and the waits between, take no longer.
    const int Budget = {{budget}};
    // Between two new requests: many at once are refused, or make an overload worse.
    const double Gap = {{gap}};

    static readonly HttpClient client = new HttpClient { Timeout = TimeSpan.FromSeconds(Timeout) };
    static readonly Random random = new Random();

    // The result of one try; status 0 where the connection failed.
    class Result
    {
        public int Status;
        public string Body = "";
        // Seconds that the server asks for. (It may also name a date; OpenAI does not.)
        public double Wait;

        // What stands between may answer 200 with a page of its own.
        public bool IsAnswer => Status == 200 && Body.TrimStart().StartsWith("{", StringComparison.Ordinal);

        // Whether another try can help: never with what only you can change, such as the key, the request or the credit.
        public bool MayPass =>
            (new[] { 0, 408, 409, 429 }.Contains(Status) || Status >= 500) && !Body.Contains("\"insufficient_quota\"");
    }

    // From 0 to below 1. One generator for all tasks, so each takes its turn.
    static double Draw()
    {
        lock (random) return random.NextDouble();
    }

    static async Task<Result> Call(string json)
    {
        var url = Environment.GetEnvironmentVariable("OPENAI_BASE_URL");
        if (string.IsNullOrEmpty(url)) url = "https://api.openai.com/v1";
        var request = new HttpRequestMessage(HttpMethod.Post, url + "/chat/completions");
        request.Headers.Add("Authorization", "Bearer " + Environment.GetEnvironmentVariable("OPENAI_API_KEY"));
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        try
        {
            using (var response = await client.SendAsync(request))
            {
                var body = await response.Content.ReadAsStringAsync();
                var wait = response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0;
                return new Result { Status = (int)response.StatusCode, Body = body, Wait = wait };
            }
        }
        // The second is a timeout.
        catch (Exception error) when (error is HttpRequestException || error is TaskCanceledException)
        {
            return new Result { Body = error.Message };
        }
    }

    static async Task<Result> Answer(string json)
    {
        var clock = Stopwatch.StartNew();
        for (var step = Base; ;)
        {
            var result = await Call(json);
            step = {{step}};
            // {{jitter}}, on top of what the server asks for: it tells all clients the same.
            var pause = result.Wait + {{wait}};
            if (result.IsAnswer || !result.MayPass || clock.Elapsed.TotalSeconds + pause > Budget) return result;
            await Task.Delay(TimeSpan.FromSeconds(pause));
        }
    }

    static async Task Print(int number, string json)
    {
        var result = await Answer(json);
        if (result.IsAnswer)
        {
            Console.WriteLine(number + "\t" + result.Body);
            return;
        }
        // The first that fails for good ends them all: the next ones would fail like it.
        Console.Error.WriteLine("no answer, status " + result.Status + ": " + result.Body);
        Environment.Exit(1);
    }

    static void Main()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OPENAI_API_KEY")))
        {
            Console.Error.WriteLine("OPENAI_API_KEY is not set");
            Environment.Exit(1);
        }
        AnswerAll().GetAwaiter().GetResult();
    }

    static async Task AnswerAll()
    {
        var answers = new List<Task>();
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            if (answers.Count > 0) await Task.Delay(TimeSpan.FromSeconds(Gap));
            answers.Add(Print(answers.Count, line));
        }
        await Task.WhenAll(answers);
    }
}
