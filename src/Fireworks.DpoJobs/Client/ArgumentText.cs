using Fireworks.DpoJobs.Models;

namespace Fireworks.DpoJobs.Client;

/// <summary>Values in text that a person copies a command from.</summary>
internal static class ArgumentText
{
    /// <summary>A value as a PowerShell argument, in single quotes; a page token is opaque and may hold anything.</summary>
    public static string Quote(string value) => $"'{ControlCharacters.MakeVisible(value).Replace("'", "''")}'";
}
