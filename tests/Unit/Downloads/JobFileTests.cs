using System;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Downloads;

/// <summary>How the signed address of a file is found, renewed and kept secret.</summary>
public sealed class JobFileTests
{
    [Fact]
    public async Task An_address_is_requested_with_the_key_and_used_without_it()
    {
        using var storage = new FakeStorage { Text = "x" };

        using var stream = await OpenAsync(storage.Metrics());

        // The storage rejects a request with a key, and the service one without.
        Assert.NotNull(stream);
        Assert.Equal(["endpoint", "file 1"], storage.Requests);
    }

    [Fact]
    public async Task An_address_is_used_until_it_is_rejected()
    {
        using var storage = new FakeStorage { Text = "x" };
        var file = storage.Metrics();
        (await OpenAsync(file))!.Dispose();
        (await OpenAsync(file))!.Dispose();
        storage.FirstValidAddress = 2;
        (await OpenAsync(file))!.Dispose();

        Assert.Equal(["endpoint", "file 1", "file 1", "file 1", "endpoint", "file 2"], storage.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(410)]
    public async Task A_rejected_address_is_renewed_once(int status)
    {
        using var storage = new FakeStorage { Text = "x" };
        storage.Rejections.Enqueue(status);
        storage.Rejections.Enqueue(status);

        var failure = await Assert.ThrowsAsync<FwApiException>(() => OpenAsync(storage.Metrics()));

        Assert.Equal(status, failure.StatusCode);
        Assert.Equal(["endpoint", "file 1", "endpoint", "file 2"], storage.Requests);
        Assert.DoesNotContain(FakeStorage.Signature, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            storage.Log.Lines,
            line => line.Contains(FakeStorage.Signature, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_404_of_an_old_address_is_checked_with_a_new_one()
    {
        using var storage = new FakeStorage { Text = "x" };
        var file = storage.Metrics();
        (await OpenAsync(file))!.Dispose();
        storage.Rejections.Enqueue(404);

        using var stream = await OpenAsync(file);

        Assert.NotNull(stream);
        Assert.Equal(["endpoint", "file 1", "file 1", "endpoint", "file 2"], storage.Requests);
    }

    [Theory]
    [InlineData("""{"message":"no metrics"}""")]
    [InlineData("<html>404 Not Found</html>")]
    public async Task Without_an_address_there_is_no_file_if_there_is_a_job(string body)
    {
        using var storage = new FakeStorage { AddressError = body };

        Assert.Null(await OpenAsync(storage.Metrics()));
        Assert.Equal(["endpoint", "job"], storage.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_missing_file_is_null(bool sendsEmptyAddress)
    {
        using var storage = new FakeStorage { SendsEmptyAddress = sendsEmptyAddress };

        Assert.Null(await OpenAsync(storage.Metrics()));
        Assert.Equal(sendsEmptyAddress ? ["endpoint"] : ["endpoint", "file 1"], storage.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_redirect_is_not_followed(int status)
    {
        using var storage = new FakeStorage { Text = "x" };
        storage.Rejections.Enqueue(status);

        var failure = await Assert.ThrowsAsync<FwApiException>(() => OpenAsync(storage.Metrics()));

        Assert.Equal(status, failure.StatusCode);
        Assert.Single(storage.Downloads);
    }

    [Fact]
    public async Task The_address_of_a_known_job_is_used_before_the_job_is_requested_again()
    {
        using var storage = new FakeStorage { Text = "x", FirstValidAddress = 1 };
        var job = new DpoJob
        {
            TrainerLogsSignedUrl = new SecretText("https://storage.example/0?X-Goog-Signature=old"),
        };

        using var stream = await OpenAsync(JobFile.Log(storage.Client, FakeStorage.Name, job));

        Assert.NotNull(stream);
        Assert.Equal(["file 0", "job", "file 1"], storage.Requests);
    }

    [Fact]
    public async Task A_job_without_the_address_of_its_log_is_requested()
    {
        using var storage = new FakeStorage();

        Assert.Null(await OpenAsync(JobFile.Log(storage.Client, FakeStorage.Name, new DpoJob())));
        Assert.Equal(["job"], storage.Requests);
    }

    [Theory]
    [InlineData("http://storage.example/1?X-Goog-Signature=" + FakeStorage.Signature)]
    [InlineData("no address " + FakeStorage.Signature)]
    [InlineData("file:///etc/passwd?" + FakeStorage.Signature)]
    public async Task An_address_that_is_not_https_is_not_used_and_not_shown(string address)
    {
        using var storage = new FakeStorage { Text = "x" };
        var job = new DpoJob { TrainerLogsSignedUrl = new SecretText(address) };

        var failure = await Assert.ThrowsAsync<FwResponseException>(() =>
            OpenAsync(JobFile.Log(storage.Client, FakeStorage.Name, job))
        );

        Assert.Empty(storage.Requests);
        Assert.DoesNotContain(FakeStorage.Signature, failure.ToString(), StringComparison.Ordinal);
    }

    private static Task<DownloadStream?> OpenAsync(JobFile file) =>
        file.OpenAsync(null, TestContext.Current.CancellationToken);
}
