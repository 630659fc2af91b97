using System;
using System.Collections.Generic;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>Addresses of requests.</summary>
internal static class RequestUri
{
    /// <summary>A path below the base address, with those query parameters that have a value.</summary>
    /// <param name="baseUri">The base address; ends with a slash.</param>
    /// <param name="path">The path, without a leading slash. Its parts have been checked and need no escaping.</param>
    /// <param name="parameters">Names and values; a parameter without a value is left out.</param>
    public static Uri Build(Uri baseUri, string path, IEnumerable<KeyValuePair<string, string?>> parameters)
    {
        var text = new StringBuilder(baseUri.AbsoluteUri).Append(path);
        var separator = '?';
        foreach (var parameter in parameters)
        {
            if (!string.IsNullOrEmpty(parameter.Value))
            {
                text.Append(separator).Append(parameter.Key).Append('=').Append(Uri.EscapeDataString(parameter.Value!));
                separator = '&';
            }
        }
        return new Uri(text.ToString());
    }
}
