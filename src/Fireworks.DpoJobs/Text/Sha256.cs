using System.Security.Cryptography;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>SHA-256 on every version of .NET.</summary>
internal static class Sha256
{
    /// <summary>The hash of a string in UTF-8, as Base64.</summary>
    public static string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#if NET
        return Convert.ToBase64String(SHA256.HashData(bytes));
#else
        using var algorithm = SHA256.Create();
        return Convert.ToBase64String(algorithm.ComputeHash(bytes));
#endif
    }
}
