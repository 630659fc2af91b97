using System;

namespace Fireworks.DpoJobs.Models;

/// <summary>
/// An address that is itself the permission: whoever has it can read what it points to. It is kept out of every
/// output, so it has no property that would be printed or exported; <see cref="Reveal"/> gives it.
/// </summary>
public sealed class SignedUrl
{
    private readonly string _url;

    /// <summary>Wraps an address.</summary>
    /// <param name="url">The address as the service sent it.</param>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public SignedUrl(string url) => _url = url ?? throw new ArgumentNullException(nameof(url));

    /// <summary>The address itself. Such addresses live for minutes: ask for the job again rather than keep one.</summary>
    /// <returns>The address as the service sent it.</returns>
    public string Reveal() => _url;

    /// <summary>A placeholder.</summary>
    /// <returns>Always the same text, whatever the address.</returns>
    public override string ToString() => "(signed URL)";
}
