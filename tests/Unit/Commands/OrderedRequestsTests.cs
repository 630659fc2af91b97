using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Commands;

/// <summary>Parallel requests whose results are taken in order.</summary>
public sealed class OrderedRequestsTests
{
    [Fact]
    public void Returns_the_results_in_the_order_of_the_requests()
    {
        var requests = new OrderedRequests<int>(2);
        var first = new TaskCompletionSource<int>();
        requests.Start(() => first.Task, "first");
        Assert.False(requests.IsResultDue);
        requests.Start(() => Task.FromResult(2), "second");

        Assert.True(requests.IsResultDue);
        Assert.Equal("first", requests.Take().Target);
        Assert.Equal("second", requests.Take().Target);
        Assert.True(requests.IsEmpty);
        Assert.False(requests.IsResultDue);
    }

    [Fact]
    public void A_result_is_due_when_it_is_available_or_the_limit_is_reached()
    {
        var available = new OrderedRequests<int>(3);
        available.Start(() => Task.FromResult(1), "a");
        var full = new OrderedRequests<int>(1);
        full.Start(() => new TaskCompletionSource<int>().Task, "a");

        Assert.True(available.IsResultDue);
        Assert.True(full.IsResultDue);
    }

    [Fact]
    public async Task Input_is_faster_when_it_arrives_within_the_duration_of_a_request()
    {
        var requests = new OrderedRequests<int>(3);
        requests.BeginInput();
        Assert.False(requests.IsInputFaster);
        requests.Start(
            async () =>
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
                return 1;
            },
            "a"
        );
        await requests.Take().Result;
        requests.EndInput();

        requests.BeginInput();
        Assert.True(requests.IsInputFaster);

        await Task.Delay(2000, TestContext.Current.CancellationToken);
        requests.BeginInput();
        Assert.False(requests.IsInputFaster);
    }

    [Fact]
    public async Task A_failed_request_is_a_result()
    {
        var requests = new OrderedRequests<int>(1);
        requests.Start(() => Task.FromException<int>(new FwInvalidJobIdException("m")), "a");

        await Assert.ThrowsAsync<FwInvalidJobIdException>(() => requests.Take().Result);
    }
}
