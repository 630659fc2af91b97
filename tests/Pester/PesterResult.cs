namespace Fireworks.DpoJobs.Pester;

/// <summary>One test of the Pester suite, as Invoke-Suite.ps1 reports it.</summary>
/// <param name="Name">Describe, context and It, with dots between.</param>
/// <param name="Result">Pester's word: Passed, Failed, Skipped …</param>
/// <param name="Message">Why it failed or was skipped. Null when it passed.</param>
public sealed record PesterResult(string Name, string Result, string? Message);
