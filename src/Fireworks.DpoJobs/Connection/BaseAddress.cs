namespace Fireworks.DpoJobs;

/// <summary>The address of the service.</summary>
internal static class BaseAddress
{
    private const int MaxLength = 2000;

    /// <summary>The public service (reference page "List Dpo Jobs", <c>servers</c>).</summary>
    public static readonly Uri Default = new("https://api.fireworks.ai/");

    /// <summary>
    /// Parses an absolute https address (or http on this machine, for an emulator) without user name, query and fragment.
    /// Its path becomes a prefix of the paths of the API.
    /// </summary>
    /// <param name="text">The address.</param>
    /// <param name="source">Where it came from, for error messages.</param>
    /// <exception cref="FwConfigurationException">The address is not valid, or others could read the key on its way there.</exception>
    public static Uri Parse(string text, string source)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http")
            || uri.Host.Length == 0
        )
        {
            throw new FwConfigurationException(
                $"The address from {source} is not an absolute https URL, for example https://api.fireworks.ai."
            );
        }
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new FwConfigurationException(
                $"The address from {source} must not contain a user name, a query or a fragment."
            );
        }
        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
        {
            throw new FwConfigurationException(
                $"The address from {source} ({uri.Scheme}://{uri.Authority}) is not https, so the key was not sent there. "
                    + "Plain http is accepted only for this machine (127.0.0.1, localhost)."
            );
        }
        if (uri.AbsoluteUri.Length > MaxLength)
        {
            throw new FwConfigurationException(
                $"The address from {source} has more than {MaxLength:N0} characters, which is too long for the address of a service."
            );
        }
        return uri.AbsolutePath[uri.AbsolutePath.Length - 1] == '/' ? uri : new Uri(uri.AbsoluteUri + "/");
    }
}
