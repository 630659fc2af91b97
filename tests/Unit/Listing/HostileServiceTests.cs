using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Fireworks.DpoJobs.Unit.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>Whatever the service sends, a listing ends, and only with errors of this module.</summary>
public sealed class HostileServiceTests
{
    private const int RunsPerBatch = 100;

    private static readonly string[] Orders = ["", "name desc", "create_time", "create_time desc", "state"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_listing_of_any_responses_ends_without_an_unexpected_exception(int batch)
    {
        for (var seed = batch * RunsPerBatch; seed < (batch + 1) * RunsPerBatch; seed++)
        {
            try
            {
                await ListAsync(seed);
            }
            catch (FwException)
            {
                // An error of this module is a good end.
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception}");
            }
        }
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59.9999999Z", "create_time", 8)]
    [InlineData("9999-12-31T23:59:59.9999999Z", "create_time desc", 8)]
    [InlineData("0001-01-01T00:00:00Z", "create_time", 8)]
    [InlineData("0001-01-01T00:00:00Z", "create_time desc", 8)]
    [InlineData("9999-12-31T23:59:59.9999999Z", "create_time", 1)]
    public async Task A_failure_after_a_job_at_the_end_of_time_is_that_failure(
        string time,
        string orderBy,
        int throttleLimit
    )
    {
        bool Has(string request, string text) => request.Contains(text, StringComparison.Ordinal);
        var wasSplit = false;
        var service = new HostileService(0)
        {
            Respond = request =>
            {
                if (Has(request, "pageToken"))
                {
                    return (HttpStatusCode.InternalServerError, "{}");
                }
                var isRange = Has(request, "filter=");
                wasSplit |= isRange;
                var isLast = Has(request, "readMask=");
                var job =
                    $"{{\"name\":\"{request.Length}\",\"createTime\":\"{(isLast ? "2026-01-01T00:00:00Z" : time)}\"}}";
                var total = isRange ? 625 : 5000;
                return (HttpStatusCode.OK, $"{{\"dpoJobs\":[{job}],\"nextPageToken\":\"t\",\"totalSize\":{total}}}");
            },
        };

        var failure = await Assert.ThrowsAsync<FwApiException>(() => ListAsync(service, orderBy, throttleLimit));

        Assert.Equal(500, failure.StatusCode);
        Assert.Equal(throttleLimit > 1 && (orderBy == "create_time desc") == time.StartsWith('9'), wasSplit);
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    public async Task A_total_at_the_limit_of_its_type_does_not_overflow(string total)
    {
        var service = new HostileService(0)
        {
            Respond = request =>
                (
                    HttpStatusCode.OK,
                    $$"""{"dpoJobs":[{"name":"a","createTime":"2026-0{{(
                        request.Contains("desc", StringComparison.Ordinal) ? 9 : 1
                    )}}-01T00:00:00Z"}],"totalSize":{{total}}{{(
                        request.Contains("Token", StringComparison.Ordinal) ? "" : ",\"nextPageToken\":\"t\""
                    )}}}"""
                ),
        };

        await ListAsync(service, "", 8);
    }

    private static Task ListAsync(int seed) =>
        ListAsync(new HostileService(seed), Orders[seed % Orders.Length], seed % 3 == 0 ? 1 : 8);

    private static async Task ListAsync(HostileService service, string orderBy, int throttleLimit)
    {
        using var invoker = new HttpMessageInvoker(service);
        var connection = new FwConnection(
            new Uri("https://api.fireworks.ai/"),
            new ApiKey(ClientUnderTest.Key, "the test")
        );
        var log = new FakeLog();
        var client = new FireworksClient(connection, log, invoker, new FakeClock());
        var criteria = new JobCriteria(service.Seed % 4 == 1 ? ["JOB_STATE_FAILED"] : [], null, null);
        var options = new ListingOptions(new JobSelection(criteria))
        {
            All = true,
            OrderBy = orderBy.Length == 0 ? null : orderBy,
            ThrottleLimit = throttleLimit,
        };
        var stop = TestContext.Current.CancellationToken;
        var listing = new DpoJobListing(client, "acme", ListingPlan.Create(options), new FilterSupport(), log, stop);
        var pager = listing.CreatePager();
        try
        {
            while (pager.HasMore)
            {
                var page = await pager.ReadPageAsync();
                pager.ReadAhead();
                foreach (var job in page.Jobs)
                {
                    Show(job);
                }
            }
        }
        catch (FwException failure)
        {
            Assert.NotNull(ErrorRecords.Find(failure));
            Assert.InRange(failure.Message.Length, 1, 10_000);
            _ = new ResumeHint
            {
                PageToken = pager.ResumePoint?.PageToken,
                Filter = pager.ResumePoint?.Filter,
            }.ToString();
            throw;
        }
        finally
        {
            Assert.All(log.Lines, line => Assert.InRange(line.Length, 1, 10_000));
        }
    }

    // Everything that views and exports call.
    private static void Show(DpoJob job)
    {
        ViewFormatter.FormatText(job.DisplayName);
        ViewFormatter.FormatState(job.StateText);
        ViewFormatter.FormatTime(job.CreateTime);
        ViewFormatter.FormatTime(job.CreateTime?.UtcDateTime);
        ViewFormatter.FormatElapsed(job.Duration, job.IsFinished, job.CreateTime, FakeClock.Now);
        ViewFormatter.FormatShortName(job.TrainingConfig?.BaseModel);
        ViewOutline.FormatAdditionalData((IDictionary)job.AdditionalData);
        foreach (var (_, value) in job.ReadProperties())
        {
            _ = value?.ToString();
            ViewOutline.Format(value as ApiObject);
        }
        _ = $"{job} {job.Id} {job.AccountId} {job.Status?.Reason} {job.Status}";
    }

    /// <summary>A service that responds to each request with anything. The same request gets the same response.</summary>
    private sealed class HostileService(int seed) : HttpMessageHandler
    {
        private const int MaxRequests = 60;

        private static readonly string[] Paths = [.. ModelTypes.JsonPaths(FireworksJsonContext.Default.DpoJob)];

        private static readonly string[] Values =
        [
            "null",
            "0",
            "-1",
            "7",
            "1e400",
            "9223372036854775807",
            "-9223372036854775808",
            "\"\"",
            "\"x\"",
            "\"\\u001b[2J\\ud800\"",
            "\"JOB_STATE_FAILED\"",
            "\"JOB_STATE_\"",
            "\"0001-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59.9999999Z\"",
            "\"9999-12-31T23:59:59-14:00\"",
            "\"2016-12-31T23:59:60Z\"",
            "\"accounts/acme/dpoJobs/x\"",
            "\"https://u:p@h?sig=x\"",
            "true",
            "[]",
            "{}",
            "[[],{},7,null]",
            """{"a":{"b":[1e400,"\ud800"]}}""",
        ];

        private static readonly string[] Totals =
        [
            "5000",
            "5000",
            "9223372036854775807",
            "-9223372036854775808",
            "-1",
            "0",
            "1e400",
            "\"9223372036854775807\"",
        ];

        private static readonly string[] Tokens =
        [
            "null",
            "\"\"",
            "\"t\"",
            "\"\\ud800\"",
            "7",
            "{}",
            $"\"{new string('t', 70_000)}\"",
        ];

        private static readonly string[] Bodies =
        [
            "",
            "{}",
            "null",
            "[]",
            "{\"dpoJobs\":",
            "{\"dpoJobs\":null}",
            "{\"error\":{\"code\":7,\"message\":{}}}",
            "{\"error\":{\"status\":\"\\ud800\",\"details\":[7,{\"reason\":{}}]}}",
            "{\"code\":3,\"message\":\"no \\u001b[2J\"}",
        ];

        private int _requests;

        public int Seed => seed;

        public Func<string, (HttpStatusCode Status, string Body)>? Respond { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (Interlocked.Increment(ref _requests) > MaxRequests)
            {
                throw new HttpRequestException("The test ends here.");
            }
            var address = request.RequestUri!.AbsoluteUri;
            var (status, body) = Respond?.Invoke(address) ?? Invent(address);
            var response = new HttpResponseMessage(status)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            response.Headers.TryAddWithoutValidation("Location", seed % 2 == 0 ? "//[x" : "https://u:p@h/?sig=x");
            response.Headers.TryAddWithoutValidation("Retry-After", seed % 2 == 0 ? "1e400" : "-7");
            return Task.FromResult(response);
        }

        private (HttpStatusCode, string) Invent(string address)
        {
            var random = new Random(address.Aggregate(seed, (hash, character) => unchecked((hash * 31) + character)));
            T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

            var kind = random.Next(20);
            if (kind == 0)
            {
                return (
                    Pick(
                        (HttpStatusCode[])
                            [(HttpStatusCode)400, (HttpStatusCode)500, (HttpStatusCode)302, (HttpStatusCode)429]
                    ),
                    Pick(Bodies)
                );
            }
            if (kind == 1)
            {
                return (HttpStatusCode.OK, Pick(Bodies));
            }
            var jobs = Enumerable
                .Range(0, random.Next(6))
                .Select(_ =>
                {
                    var fields = Enumerable
                        .Range(0, random.Next(8))
                        .Select(_ => Wrap(Pick(Paths), Pick(Values)))
                        .Prepend($"\"name\":\"accounts/acme/dpoJobs/{random.Next(1000)}\"")
                        .Append($"\"createTime\":\"2026-0{random.Next(1, 9)}-01T00:00:0{random.Next(9)}Z\"")
                        .OrderBy(_ => random.Next());
                    return random.Next(40) == 0 ? Pick(Values) : $"{{{string.Join(",", fields)}}}";
                });
            // Most responses agree about the number of jobs, so that ranges are read.
            var total = random.Next(20) == 0 ? Pick(Totals) : Totals[seed % Totals.Length];
            var token = random.Next(3) > 0 ? $"\"{random.Next()}\"" : Pick(Tokens);
            return (
                HttpStatusCode.OK,
                $$"""{"dpoJobs":[{{string.Join(",", jobs)}}],"nextPageToken":{{token}},"totalSize":{{total}}}"""
            );
        }

        private static string Wrap(string path, string value)
        {
            var parts = path.Replace("[]", "", StringComparison.Ordinal).Split('.');
            foreach (var part in parts.Skip(1).Reverse())
            {
                value = $"{{\"{part}\":{value}}}";
            }
            return $"\"{parts[0]}\":{value}";
        }
    }
}
