using System;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Fireworks.DpoJobs;

/// <summary>One attempt of a request: what the errors of this attempt have in common.</summary>
/// <param name="Request">The request as errors show it.</param>
/// <param name="Retries">How often the request was retried before. 0 for the first attempt.</param>
/// <param name="Timeout">The timeout of the attempt.</param>
internal sealed record Attempt(string Request, int Retries, TimeSpan Timeout)
{
    /// <summary>Nothing arrived within the timeout.</summary>
    public AttemptException NoResponse() =>
        new(TimedOut($"The service did not respond within {Timeout.TotalSeconds:0.#} s."));

    /// <summary>The response was incomplete when the timeout ended.</summary>
    public AttemptException Incomplete(long bytesRead) =>
        new(
            TimedOut($"The response was incomplete after {Timeout.TotalSeconds:0.#} s ({bytesRead:N0} bytes received).")
        );

    /// <summary>The service could not be reached.</summary>
    public AttemptException Unreachable(Exception cause) => Unreachable(Describe(cause));

    /// <summary>The service could not be reached.</summary>
    /// <param name="cause">The cause, as a sentence.</param>
    public AttemptException Unreachable(string cause) =>
        new(new FwConnectionException($"The service could not be reached: {cause}", Request, Retries));

    /// <summary>The connection broke before the response was complete.</summary>
    public AttemptException Broken(Exception cause, long bytesRead) =>
        new(
            new FwConnectionException(
                $"The connection broke before the response was complete ({bytesRead:N0} bytes received): {Describe(cause)}",
                Request,
                Retries
            )
        );

    /// <summary>The response is not one of this API.</summary>
    /// <param name="message">What is wrong with it, as a sentence.</param>
    public AttemptException Invalid(string message) => new(new FwResponseException(message, Request, Retries));

    private FwTimeoutException TimedOut(string message) => new(message, Timeout, Request, Retries);

    // Other messages of the transport may quote untrusted text, so only those of the operating system are shown.
    private static string Describe(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException or AuthenticationException)
            {
                return inner.Message.TrimEnd('.') + ".";
            }
        }
#if NET
        return exception switch
        {
            HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } failure =>
                $"{failure.HttpRequestError}.",
            HttpIOException failure => $"{failure.HttpRequestError}.",
            _ => $"{exception.GetType().Name}.",
        };
#else
        return $"{exception.GetBaseException().GetType().Name}.";
#endif
    }
}

/// <summary>An attempt failed. The client retries the request, or throws <see cref="Failure"/>.</summary>
/// <param name="failure">The error that users see when the request is not retried.</param>
/// <param name="advice">What the service says about retrying. Null when there was no response.</param>
internal sealed class AttemptException(FwException failure, RetryAdvice? advice = null) : Exception(failure.Message)
{
    /// <summary>The error that users see when the request is not retried.</summary>
    public FwException Failure { get; } = failure;

    /// <summary>What the service says about retrying. Null when there was no response.</summary>
    public RetryAdvice? Advice { get; } = advice;
}
