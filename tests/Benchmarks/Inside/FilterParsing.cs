using BenchmarkDotNet.Attributes;

namespace Fireworks.DpoJobs.Benchmarks;

/// <summary>Parses an AIP-160 filter.</summary>
public class FilterParsing
{
    [Params(
        "state=FAILED",
        "(state=FAILED OR state=CANCELLED) AND create_time > timestamp(\"2026-01-01T00:00:00Z\") AND NOT training_config.base_model:\"llama\""
    )]
    public string Filter { get; set; } = "";

    [Benchmark]
    public object? Parse() => FilterParser.Parse(Filter);
}
