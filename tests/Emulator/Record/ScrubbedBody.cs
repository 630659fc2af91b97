using System;
using System.Text;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>A body that may be kept.</summary>
/// <param name="Text">The body, as text or as base64.</param>
/// <param name="IsBase64">Whether <paramref name="Text"/> is base64, since the body is not UTF-8.</param>
/// <param name="Comment">What is missing in it, and why. Null for nothing.</param>
internal sealed record ScrubbedBody(string Text, bool IsBase64, string? Comment)
{
    /// <summary>Its length in bytes.</summary>
    public int Size => IsBase64 ? Convert.FromBase64String(Text).Length : Encoding.UTF8.GetByteCount(Text);
}
