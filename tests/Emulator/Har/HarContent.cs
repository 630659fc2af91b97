namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>The body of an answer.</summary>
internal sealed record HarContent
{
    /// <summary>Its length in bytes, decompressed.</summary>
    public long Size { get; init; }

    /// <summary>Its media type.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>The body, as text or in the <see cref="Encoding"/>. Null when there is none.</summary>
    public string? Text { get; init; }

    /// <summary>How <see cref="Text"/> is written: <c>base64</c>, or null for text.</summary>
    public string? Encoding { get; init; }

    /// <summary>What is to be known about it.</summary>
    public string? Comment { get; init; }
}
