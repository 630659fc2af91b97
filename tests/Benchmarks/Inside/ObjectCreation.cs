using BenchmarkDotNet.Attributes;

namespace Fireworks.DpoJobs.Benchmarks;

/// <summary>Creates one job without JSON, to measure the cost of the objects themselves.</summary>
public class ObjectCreation
{
    private readonly string _state = "JOB_STATE_COMPLETED";

    [Benchmark]
    public DpoJob Job() =>
        new()
        {
            Name = "accounts/acme/dpoJobs/nightly-llama-000042",
            StateText = _state,
            Status = new RpcStatus { CodeText = "OK" },
            TrainingConfig = new TrainingConfig { BaseModel = "accounts/fireworks/models/llama-v3p1-8b-instruct" },
        };
}
