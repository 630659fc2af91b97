using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Reports;

/// <summary>A report works in a real browser. Skipped without Chromium.</summary>
[Trait("Category", "Slow")]
public sealed class ReportInBrowserTests : IDisposable
{
    private const string SizeOf =
        "(e => e ? Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) : 0)";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_report_shows_its_charts_and_reacts_to_pointer_and_keyboard()
    {
        await using var browser = await OpenAsync("<b>DPO</b> & jobs");

        Assert.Equal(
            "<b>DPO</b> & jobs",
            await browser.EvaluateAsync<string>("document.querySelector('h1').textContent")
        );
        Assert.Equal(4, await browser.EvaluateAsync<int>("document.querySelectorAll('svg.area').length"));
        Assert.True(
            await browser.EvaluateAsync<bool>(
                $"[...document.querySelectorAll('svg.area')].every(area => {SizeOf}(area) > 100)"
            )
        );
        Assert.True(
            await browser.EvaluateAsync<bool>(
                $"[...document.querySelectorAll('.area .curve')].every(curve => {SizeOf}(curve) > 20)"
            )
        );
        // The style sheet is applied.
        Assert.NotEqual(
            "none",
            await browser.EvaluateAsync<string>("getComputedStyle(document.querySelector('.curve')).stroke")
        );

        await AssertTooltipAsync(browser);
        await AssertToggleAsync(browser);
        await AssertSearchAsync(browser);

        Assert.Empty(browser.Messages);
        Assert.Empty(browser.Requests);
    }

    [Theory]
    [InlineData("light", 360, "rgb(246, 247, 249)")]
    [InlineData("dark", 1200, "rgb(18, 22, 28)")]
    public async Task A_report_follows_the_color_scheme_and_fits_the_window(string scheme, int width, string background)
    {
        await using var browser = await OpenAsync("DPO jobs");
        await browser.SendAsync(
            "Emulation.setEmulatedMedia",
            new JsonObject
            {
                ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
            }
        );
        await browser.SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new JsonObject
            {
                ["width"] = width,
                ["height"] = 800,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = width < 600,
            }
        );

        Assert.Equal(
            background,
            await browser.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")
        );
        Assert.True(
            await browser.EvaluateAsync<bool>(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        );
        // Labels keep their size on a phone.
        Assert.Equal(
            "12px",
            await browser.EvaluateAsync<string>("getComputedStyle(document.querySelector('.labels text')).fontSize")
        );
        Assert.Empty(browser.Messages);
    }

    private static async Task AssertTooltipAsync(Browser browser)
    {
        const string Tip = "(document.querySelector('.tip').hidden ? '' : document.querySelector('.tip').textContent)";
        Assert.Equal("", await browser.EvaluateAsync<string>(Tip));

        await browser.EvaluateAsync<bool>("(document.querySelector('.area.curves').focus(), true)");
        await PressAsync(browser, "End");
        Assert.StartsWith("Step 300", await browser.EvaluateAsync<string>(Tip), StringComparison.Ordinal);
        Assert.Contains("nightly-1", await browser.EvaluateAsync<string>(Tip), StringComparison.Ordinal);
        await PressAsync(browser, "Home");
        Assert.StartsWith("Step 1nightly-0", await browser.EvaluateAsync<string>(Tip), StringComparison.Ordinal);
        await PressAsync(browser, "Escape");
        Assert.Equal("", await browser.EvaluateAsync<string>(Tip));

        await browser.EvaluateAsync<bool>("(document.querySelector('.area.columns').scrollIntoView(), true)");
        var x = await browser.EvaluateAsync<double>(
            "document.querySelector('.area.columns').getBoundingClientRect().right - 2"
        );
        var y = await browser.EvaluateAsync<double>(
            "document.querySelector('.area.columns').getBoundingClientRect().top + 50"
        );
        await browser.SendAsync(
            "Input.dispatchMouseEvent",
            new JsonObject
            {
                ["type"] = "mouseMoved",
                ["x"] = x,
                ["y"] = y,
            }
        );
        Assert.Contains("26 Nov 2026", await browser.EvaluateAsync<string>(Tip), StringComparison.Ordinal);
    }

    private static async Task AssertToggleAsync(Browser browser)
    {
        const string Visible =
            "[...document.querySelectorAll('.area .curve')].filter(curve => getComputedStyle(curve).display !== 'none').length";
        Assert.Equal(6, await browser.EvaluateAsync<int>(Visible));

        // In the charts of the loss and of the accuracy.
        await browser.EvaluateAsync<bool>("(document.querySelector('button[data-job=\"1\"]').click(), true)");
        Assert.Equal(4, await browser.EvaluateAsync<int>(Visible));
        Assert.Equal(
            2,
            await browser.EvaluateAsync<int>("document.querySelectorAll('button[aria-pressed=false]').length")
        );
        await browser.EvaluateAsync<bool>("(document.querySelector('button[data-job=\"1\"]').click(), true)");
        Assert.Equal(6, await browser.EvaluateAsync<int>(Visible));
    }

    private static async Task AssertSearchAsync(Browser browser)
    {
        await browser.EvaluateAsync<bool>(
            "(e => { e.value = 'failed nightly-3'; e.dispatchEvent(new Event('input')); return true; })(document.querySelector('.find input'))"
        );
        Assert.Equal(
            "3 of 60 jobs",
            await browser.EvaluateAsync<string>("document.getElementById('found').textContent")
        );
        Assert.Equal(
            3,
            await browser.EvaluateAsync<int>("document.querySelectorAll('.jobs tbody tr:not([hidden])').length")
        );
    }

    private static async Task PressAsync(Browser browser, string key)
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            await browser.SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = key });
        }
    }

    private async Task<Browser> OpenAsync(string title)
    {
        if (Browser.Program is null)
        {
            Assert.Skip("Chromium was not found (apt install chromium, or set FIREWORKS_TEST_CHROMIUM).");
        }
        var jobs = SampleReport.Jobs(60);
        var path = Path.Combine(_folder, "report.html");
        await File.WriteAllTextAsync(
            path,
            SampleReport.Write(jobs, SampleReport.Metrics([.. jobs.Take(3)], 300), title)
        );
        var browser = await Browser.StartAsync();
        await browser.OpenAsync(new Uri(path).AbsoluteUri);
        return browser;
    }
}
