using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Filters;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

/// <summary>A filter is evaluated for every job of the account, so it must not allocate.</summary>
public sealed class FilterAllocationTests
{
    [Theory]
    [InlineData("state = (JOB_STATE_FAILED OR JOB_STATE_CANCELLED) AND NOT use_reservation = true")]
    [InlineData("create_time > timestamp(\"2026-10-01T00:00:00Z\") completed_time:*")]
    [InlineData("training_config.epochs >= 2 OR loss_config.dpo.beta < 0.1")]
    [InlineData("training_config.lora_target_modules:k_* OR wandb_config:enabled")]
    [InlineData("display_name = \"*del*!\" OR display_name > N OR created_by != ops-*")]
    public void Evaluating_a_filter_allocates_nothing_per_job(string filter)
    {
        var condition = FilterCompiler.Compile(filter)!;
        var matching = FilterAssert.Jobs.Count(job => condition(job));
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var job in FilterAssert.Jobs)
        {
            matching -= condition(job) ? 1 : 0;
        }

        Assert.Equal(0, matching);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, FilterAssert.Jobs.Length);
    }
}
