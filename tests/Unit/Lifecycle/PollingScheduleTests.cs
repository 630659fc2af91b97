using System;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Lifecycle;

public sealed class PollingScheduleTests
{
    [Fact]
    public void The_delays_grow_to_15_seconds_and_to_a_minute_after_an_hour()
    {
        var schedule = new PollingSchedule(null, () => 0.5);

        Assert.Equal(
            [2, 4, 8, 15, 15],
            Enumerable.Range(1, 5).Select(polls => Seconds(schedule.Delay(polls, TimeSpan.Zero)))
        );
        Assert.Equal(15, Seconds(schedule.Delay(200, TimeSpan.FromMinutes(59))));
        Assert.Equal(60, Seconds(schedule.Delay(200, TimeSpan.FromHours(1))));
    }

    [Theory]
    [InlineData(0, 13.5)]
    [InlineData(0.999999, 16.5)]
    public void Jitter_changes_a_delay_by_up_to_10_percent(double random, double seconds)
    {
        Assert.Equal(seconds, new PollingSchedule(null, () => random).Delay(9, TimeSpan.Zero).TotalSeconds, 0.001);
    }

    [Fact]
    public void A_given_interval_is_used_as_it_is()
    {
        var schedule = new PollingSchedule(TimeSpan.FromSeconds(7), () => 0);

        Assert.Equal(7, Seconds(schedule.Delay(1, TimeSpan.Zero)));
        Assert.Equal(7, Seconds(schedule.Delay(1000, TimeSpan.FromHours(5))));
    }

    [Fact]
    public void Reduces_an_interval_to_a_delay_that_timers_accept()
    {
        Assert.Equal(20, new PollingSchedule(TimeSpan.FromDays(60)).Delay(1, TimeSpan.Zero).TotalDays);
    }

    private static double Seconds(TimeSpan delay) => Math.Round(delay.TotalSeconds, 6);
}
