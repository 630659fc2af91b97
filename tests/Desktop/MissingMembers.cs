using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit;

/// <summary>Members that the tests call and that neither .NET Framework nor the Polyfill package has.</summary>
internal static class MissingMembers
{
    extension(DateTimeOffset)
    {
        public static DateTimeOffset UnixEpoch => DateTimeOffset.FromUnixTimeSeconds(0);
    }

    extension(double)
    {
        public static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
    }

    extension(HttpStatusCode)
    {
        public static HttpStatusCode TooManyRequests => (HttpStatusCode)429;
    }

    extension(TimeSpan)
    {
        public static TimeSpan operator *(TimeSpan time, double factor) =>
            TimeSpan.FromTicks((long)Math.Round(time.Ticks * factor));
    }

    extension(string text)
    {
        // The tests only use ordinal comparison.
        public string Replace(string old, string replacement, StringComparison comparison) =>
            comparison == StringComparison.Ordinal
                ? text.Replace(old, replacement)
                : throw new ArgumentOutOfRangeException(nameof(comparison));
    }

    extension(TcpListener listener)
    {
        public Task<TcpClient> AcceptTcpClientAsync(CancellationToken cancellationToken) =>
            listener.AcceptTcpClientAsync().WaitAsync(cancellationToken);
    }
}
