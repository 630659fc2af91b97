using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Reports;

/// <summary>A report is one safe, accessible page.</summary>
public sealed class JobReportTests
{
    [Fact]
    public void Counts_the_jobs_by_state()
    {
        var page = Page(SampleReport.Jobs(60));

        var rows = page.Descendants("section").First().Descendants("tbody").Single().Elements("tr");
        Assert.Equal(
            ["Completed 30 50 %", "Failed 10 17 %", "Running 10 17 %", "Cancelled 10 17 %"],
            rows.Select(row =>
                string.Join(" ", row.Elements().Select(cell => cell.Value).Where(text => text.Length > 0))
            )
        );
    }

    [Fact]
    public void Each_chart_has_its_values_in_a_table()
    {
        var jobs = SampleReport.Jobs(60);
        var page = Page(jobs, SampleReport.Metrics([.. jobs.Take(3)], 300));

        var charts = page.Descendants("svg").Where(svg => Has(svg, "area")).ToList();
        Assert.Equal(4, charts.Count);
        Assert.All(
            charts,
            chart =>
            {
                Assert.Equal("img", chart.Attribute("role")?.Value);
                Assert.NotEmpty(chart.Attribute("aria-label")!.Value);
                Assert.Equal("0", chart.Attribute("tabindex")?.Value);
                var table = chart
                    .Ancestors("div")
                    .First()
                    .ElementsAfterSelf("details")
                    .First()
                    .Descendants("table")
                    .Single();
                Assert.NotEmpty(table.Descendants("tbody").Single().Elements("tr"));
                Assert.All(
                    table.Descendants("tr"),
                    row => Assert.Contains(row.Elements("th"), th => th.Attribute("scope") is not null)
                );
            }
        );
    }

    [Fact]
    public void Draws_a_curve_for_each_job_with_metrics_and_a_button_that_toggles_it()
    {
        var jobs = SampleReport.Jobs(10);
        var page = Page(jobs, SampleReport.Metrics([.. jobs.Take(3)], 300));

        var section = page.Descendants("section").Single(section => section.Attribute("id")?.Value == "curves");
        Assert.Equal(
            ["Loss by step", "Accuracy by step"],
            section.Descendants("figcaption").Select(caption => caption.Value)
        );
        foreach (var figure in section.Elements("figure"))
        {
            Assert.Equal(
                ["nightly-0", "nightly-1", "nightly-2"],
                figure.Descendants("button").Select(button => button.Value)
            );
            var curves = figure.Descendants("path").Where(path => path.Attribute("data-name") is not null).ToList();
            Assert.Equal(["0", "1", "2"], curves.Select(path => path.Attribute("data-job")!.Value));
            Assert.All(curves, path => Assert.Matches("^M[0-9]", path.Attribute("d")!.Value));
            Assert.All(
                curves,
                path =>
                    Assert.Equal(
                        path.Attribute("data-x")!.Value.Split(',').Length,
                        path.Attribute("data-y")!.Value.Split(',').Length
                    )
            );
        }
    }

    [Fact]
    public void Shows_the_curves_of_the_24_newest_jobs_and_reports_how_many_are_omitted()
    {
        var jobs = SampleReport.Jobs(30);

        var page = SampleReport.Write(jobs, SampleReport.Metrics(jobs, 20));

        Assert.Contains(
            "The 24 newest jobs with metrics are shown; 6 older jobs are left out.",
            page,
            StringComparison.Ordinal
        );
        Assert.Equal(48, Regex.Count(page, "data-steps="));
    }

    [Fact]
    public void A_report_works_without_jobs_and_with_jobs_without_fields()
    {
        Assert.Equal("0", Page([]).Descendants("strong").First().Value);
        var page = Page([new DpoJob(), new DpoJob { StateText = "JOB_STATE_HIBERNATING" }], new MetricList([]));
        Assert.Equal("2", page.Descendants("strong").First().Value);
        Assert.Contains("HIBERNATING", page.Value, StringComparison.Ordinal);
        Assert.Contains("No job has metrics.", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Escapes_all_text_and_replaces_what_HTML_does_not_allow()
    {
        const string Attack = "<script>alert(1)</script>\"'&\u0007\ud800x";
        var job = SampleReport.Jobs(4)[3];
        job.DisplayName = Attack;
        job.Status = new RpcStatus { CodeText = Attack, Message = Attack };
        job.TrainingConfig!.BaseModel = Attack;
        var metrics = SampleReport.Metrics([job], 3);

        var page = SampleReport.Write([job], metrics, Attack);

        Assert.Equal(1, Regex.Count(page, "<script>"));
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains("\"'&␇\ufffdx", SampleReport.Parse(page).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_contains_no_secret()
    {
        var job = SampleReport.Jobs(4)[3];
        job.DisplayName = "fw_canary1";
        job.Status!.Message = "denied for fpk_canary2 at https://storage.example.com/x?Signature=canary3";
        job.WandbConfig = new WandbConfig { ApiKey = new SecretText("canary4") };
        job.TrainerLogsSignedUrl = new SecretText("https://storage.example.com/?sig=canary5");
        job.CreatedBy = "canary6@example.com";

        Assert.DoesNotContain("canary", SampleReport.Write([job], null, "api_key=canary7"), StringComparison.Ordinal);
    }

    [Fact]
    public void Allows_only_its_own_style_and_script_and_loads_nothing()
    {
        var jobs = SampleReport.Jobs(60);
        var page = SampleReport.Write(jobs, SampleReport.Metrics([.. jobs.Take(3)], 300));

        var policy = SampleReport
            .Parse(page)
            .Descendants("meta")
            .Single(meta => meta.Attribute("http-equiv")?.Value == "Content-Security-Policy")
            .Attribute("content")!
            .Value;
        Assert.Equal(
            $"default-src 'none'; style-src '{Hash(page, "style")}'; script-src '{Hash(page, "script")}'; base-uri 'none'; form-action 'none'",
            policy
        );
        Assert.DoesNotMatch(
            @"\b(src|href|srcset|action|style|on\w+)\s*=\s*""",
            Regex.Replace(page, "<script>.*</script>", "", RegexOptions.Singleline)
        );
        Assert.DoesNotMatch(@"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page);
    }

    [Fact]
    public void Has_less_than_a_megabyte_for_500_jobs_with_curves()
    {
        var jobs = SampleReport.Jobs(500);

        var page = SampleReport.Write(jobs, SampleReport.Metrics(jobs, 1000));

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 100_000, 999_999);
    }

    [Fact]
    public void Jobs_of_several_accounts_with_the_same_ID_have_their_own_curves_and_labels()
    {
        var jobs = SampleReport.Jobs(4);
        jobs[1].Name = "accounts/other/dpoJobs/nightly-0";
        jobs[3].Name = "accounts/other/dpoJobs/nightly-3";
        var metrics = new MetricList(jobs);
        foreach (var (account, loss) in new[] { ("acme", 0.5), ("other", 0.7) })
        {
            metrics.Add(
                new DpoJobMetric
                {
                    JobId = "nightly-0",
                    AccountId = account,
                    Step = 1,
                    Loss = loss,
                }
            );
        }

        var page = Page(jobs, metrics);

        Assert.Equal(
            [("nightly-0 (acme)", "0", "0.5"), ("nightly-0 (other)", "1", "0.7")],
            page.Descendants("path")
                .Where(path => path.Attribute("data-name") is not null)
                .Select(path =>
                    (
                        path.Attribute("data-name")!.Value,
                        path.Attribute("data-job")!.Value,
                        path.Attribute("data-y")!.Value
                    )
                )
        );
        Assert.Equal(
            ["nightly-0 (acme)", "nightly-0 (other)", "nightly-2 (acme)", "nightly-3 (other)"],
            Section(page, "jobs").Descendants("span").Where(span => Has(span, "id")).Select(span => span.Value)
        );
        Assert.Equal(
            ["nightly-3 (other)"],
            Section(page, "failures").Descendants("p").Where(name => Has(name, "id")).Select(name => name.Value)
        );
    }

    [Fact]
    public void Metrics_without_an_account_belong_to_the_only_job_with_their_ID()
    {
        var jobs = SampleReport.Jobs(3);
        jobs[1].Name = "accounts/other/dpoJobs/nightly-0";
        var metrics = new MetricList(jobs);
        foreach (var id in new[] { "nightly-0", "nightly-2", "nightly-9", "nightly-0" })
        {
            metrics.Add(new DpoJobMetric { JobId = id, Loss = 0.5 });
        }

        Assert.Empty(metrics.Read(jobs[0]));
        Assert.Empty(metrics.Read(jobs[1]));
        Assert.Single(metrics.Read(jobs[2]));
        Assert.Equal(["nightly-9"], metrics.UnknownJobs);
        Assert.Equal(["nightly-0"], metrics.AmbiguousJobs);
    }

    // PowerShell sets a string to "" when it is assigned $null.
    [Fact]
    public void An_empty_account_of_a_metric_is_an_unknown_one()
    {
        var jobs = SampleReport.Jobs(1);
        var metrics = new MetricList(jobs);

        metrics.Add(
            new DpoJobMetric
            {
                JobId = "nightly-0",
                AccountId = "",
                Loss = 0.5,
            }
        );

        Assert.Single(metrics.Read(jobs[0]));
        Assert.Empty(metrics.UnknownJobs);
    }

    [Fact]
    public void Names_a_job_that_is_not_in_the_report_once_and_with_its_account()
    {
        var metrics = new MetricList(SampleReport.Jobs(1));
        foreach (
            var (account, id) in new[]
            {
                ("other", "nightly-0"),
                (null, "nightly-9"),
                ("other", null),
                (null, null),
                ("other", "nightly-0"),
            }
        )
        {
            metrics.Add(new DpoJobMetric { JobId = id, AccountId = account });
        }

        Assert.Equal(["nightly-0 (other)", "nightly-9", ""], metrics.UnknownJobs);
    }

    [Fact]
    public void Lists_the_newest_jobs_first_and_at_most_a_thousand()
    {
        var jobs = SampleReport.Jobs(1200);
        jobs.Reverse();

        var page = Page(jobs);

        var rows = page.Descendants("section").Last().Descendants("tbody").Single().Elements("tr").ToList();
        Assert.Equal(1000, rows.Count);
        Assert.StartsWith("nightly-0", rows[0].Value, StringComparison.Ordinal);
        Assert.Contains("The 1,000 newest of 1,200 jobs.", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_times_in_the_time_zone_and_names_it()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("west", TimeSpan.FromHours(-3.5), "west", "west");

        var page = SampleReport.Parse(SampleReport.Write(SampleReport.Jobs(1), null, "DPO jobs", zone));

        Assert.Contains(
            "Account acme · created 2026-11-26 to 2026-11-26 · report of 2026-11-26 03:30 (UTC−03:30)",
            page.Value,
            StringComparison.Ordinal
        );
        var time = page.Descendants("time").First();
        Assert.Equal("2026-11-26 02:30", time.Value);
        Assert.Equal("2026-11-26T06:00:00Z", time.Attribute("datetime")!.Value);
    }

    private static XElement Page(
        System.Collections.Generic.IReadOnlyList<DpoJob> jobs,
        IMetricSource? metrics = null
    ) => SampleReport.Parse(SampleReport.Write(jobs, metrics));

    private static XElement Section(XElement page, string id) =>
        page.Descendants("section").Single(section => section.Attribute("id")?.Value == id);

    private static bool Has(XElement element, string cssClass) =>
        (element.Attribute("class")?.Value ?? "").Split(' ').Contains(cssClass);

    private static string Hash(string page, string element)
    {
        var content = Regex.Match(page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }
}
