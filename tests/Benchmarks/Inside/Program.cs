using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Fireworks.DpoJobs.Benchmarks;

// Runs in this process; otherwise BenchmarkDotNet generates, restores and builds a project for each benchmark.
var config = DefaultConfig
    .Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);

BenchmarkSwitcher
    .FromTypes([typeof(PageParsing), typeof(ObjectCreation), typeof(FilterParsing)])
    .Run(args.Length > 0 ? args : ["--filter", "*"], config);
