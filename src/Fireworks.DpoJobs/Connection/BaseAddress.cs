using System;

namespace Fireworks.DpoJobs;

/// <summary>The address of the service.</summary>
internal static class BaseAddress
{
    /// <summary>The public service (reference page "List Dpo Jobs", servers).</summary>
    public static readonly Uri Default = new("https://api.fireworks.ai/");

    /// <summary>
    /// Reads an address: absolute, https (or http on this machine, for a stand-in of the service), without user name,
    /// query or fragment. A path is a prefix of the API's own.
    /// </summary>
    /// <exception cref="FwConfigurationException">It is none of these. The key would be sent where others can read it.</exception>
    public static Uri Parse(string text, string source)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !IsWeb(uri) || uri.Host.Length == 0)
        {
            throw new FwConfigurationException(
                $"The address from {source} is not an absolute https URL. Such a one looks like https://api.fireworks.ai."
            );
        }
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new FwConfigurationException(
                $"The address from {source} must have no user name, no query and no fragment."
            );
        }
        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
        {
            throw new FwConfigurationException(
                $"The address from {source} ({uri.Scheme}://{uri.Authority}) is not https, so the key was not sent there. "
                    + "Plain http is taken only for this machine (127.0.0.1, localhost)."
            );
        }
        return uri.AbsolutePath[uri.AbsolutePath.Length - 1] == '/' ? uri : new Uri(uri.AbsoluteUri + "/");
    }

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
}
