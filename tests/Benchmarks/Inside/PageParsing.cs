using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Fireworks.DpoJobs.Benchmarks.Baseline;

namespace Fireworks.DpoJobs.Benchmarks;

/// <summary>Parses one page of 200 jobs from a stream, as the module's models and as plain objects.</summary>
public class PageParsing
{
    private readonly byte[] _page = Pages.OfJobs(200);

    [Benchmark(Baseline = true)]
    public async Task<BarePage?> PlainModels() => await BareLoop.ParseAsync(new MemoryStream(_page));

    [Benchmark]
    public async Task<DpoJobPage?> Models() =>
        await JsonSerializer.DeserializeAsync(new MemoryStream(_page), FireworksJsonContext.Default.DpoJobPage);
}
