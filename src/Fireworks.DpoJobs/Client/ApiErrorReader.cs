using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>Makes an exception of an error that the service answered with.</summary>
internal static class ApiErrorReader
{
    private const int MaximumSize = 64 * 1024;

    /// <summary>Reads an answer whose status tells of an error.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its body.</param>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="apiKey">The key, to take it out of what is shown.</param>
    /// <param name="deadline">Ends the reading; what came by then is used.</param>
    /// <param name="userStop">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    public static async Task<AttemptException> ReadAsync(
        HttpResponseMessage response,
        LimitedStream body,
        Attempt attempt,
        ApiKey apiKey,
        CancellationToken deadline,
        CancellationToken userStop
    )
    {
        var text = await ReadTextAsync(body, deadline, userStop).ConfigureAwait(false);
        var reply = ErrorBody.Parse(text, response.Content.Headers.ContentType?.MediaType == "text/plain");

        var status = (int)response.StatusCode;
        var message = Show(reply.Message);
        var requestId = Redaction.RedactRequestId(reply.RequestId ?? RequestIdHeader(response), apiKey.Redact);
        var phrase = Show(response.ReasonPhrase) is { Length: > 0 } reason ? " " + reason : "";
        // "404 Not Found" says NotFound already.
        var isSaid = phrase.Replace(" ", "").Equals(reply.Code?.ToString(), StringComparison.OrdinalIgnoreCase);
        var code = reply.Code is { } known && !isSaid ? $" ({known})" : "";
        var said = message is null ? "" : $" {message.TrimEnd('.')}.";
        var request = requestId is null ? "" : $" Request ID: {requestId}.";
        var failure = new FwApiException(
            status,
            $"The service returned {status}{phrase}{code}.{said}{request}",
            attempt.Request,
            attempt.Retries
        )
        {
            Code = reply.Code,
            ServiceMessage = message,
            Reason = Show(reply.Reason),
            // An array: PowerShell cannot index what a collection expression makes.
            Details = reply
                .Details.Select(detail =>
                    detail.ToDictionary(field => field.Key, field => Show(field.Value)!, StringComparer.Ordinal)
                )
                .ToArray<IReadOnlyDictionary<string, string>>(),
            RequestId = requestId,
        };
        return new AttemptException(failure, RetryAdvice.From(response));

        string? Show(string? outside) => outside is null ? null : Redaction.Redact(outside, apiKey.Redact);
    }

    // An error stays an error when its body cannot be read: then it is told without one.
    private static async Task<string> ReadTextAsync(
        LimitedStream body,
        CancellationToken deadline,
        CancellationToken userStop
    )
    {
        var buffer = new byte[MaximumSize];
        var length = 0;
        try
        {
            int read;
            do
            {
#if NET
                read = await body.ReadAsync(buffer.AsMemory(length), deadline).ConfigureAwait(false);
#else
                read = await body.ReadAsync(buffer, length, buffer.Length - length, deadline).ConfigureAwait(false);
#endif
                length += read;
            } while (read > 0 && length < buffer.Length);
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or InvalidDataException
                        or HttpRequestException
                        or ObjectDisposedException
                        or OperationCanceledException
            )
        {
            // What arrived may still say something.
        }
        // After a stop an answer may seem to end, too.
        userStop.ThrowIfCancellationRequested();
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string? RequestIdHeader(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-request-id", out var values) ? values.FirstOrDefault() : null;
}
