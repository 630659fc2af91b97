using Fireworks.DpoJobs.Models;

namespace Fireworks.DpoJobs.Client;

/// <summary>Page tokens in text that a person copies from.</summary>
internal static class PageTokenText
{
    /// <summary>A token as a PowerShell argument, in single quotes; a token is opaque and may hold anything.</summary>
    public static string Quote(string token) => $"'{ControlCharacters.MakeVisible(token).Replace("'", "''")}'";
}
