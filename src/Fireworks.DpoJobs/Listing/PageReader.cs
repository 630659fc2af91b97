namespace Fireworks.DpoJobs;

/// <summary>
/// Follows page tokens from page to page (AIP-158: an empty page with a token is not the end; an absent or empty token is).
/// Requests no page twice.
/// </summary>
/// <param name="fetch">Retrieves the page of a token; null is the token of the first page.</param>
/// <param name="describe">The request for a page, for error messages.</param>
/// <param name="pageToken">The token to start at. Null for the first page.</param>
internal sealed class PageReader(
    Func<string?, Task<DpoJobPage>> fetch,
    Func<string?, string> describe,
    string? pageToken = null
)
{
    private readonly HashSet<string?> _tokens = [pageToken];
    private Task<DpoJobPage>? _next;

    /// <summary>The token of the next page. Null for the first page, and at the end.</summary>
    public string? PageToken { get; private set; } = pageToken;

    public bool HasRead { get; private set; }

    public bool IsAtEnd => HasRead && PageToken is null;

    /// <summary>Whether the next page has already been read, so that the listing would never end.</summary>
    public bool IsLoop { get; private set; }

    /// <summary>Requests the next page without waiting for it. Does nothing at the end, and for a token that was seen before.</summary>
    public void ReadAhead()
    {
        if (!IsAtEnd && !IsLoop)
        {
            _next ??= fetch(PageToken);
        }
    }

    /// <summary>Reads the next page.</summary>
    /// <exception cref="FwResponseException">The page has already been read.</exception>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    public async Task<DpoJobPage> ReadPageAsync()
    {
        if (IsLoop)
        {
            throw new FwResponseException(
                "The service sent the same page token for the second time, so the listing would never end. "
                    + "Everything before this page has been written.",
                describe(PageToken)
            );
        }
        var page = await (_next ?? fetch(PageToken)).ConfigureAwait(false);
        _next = null;
        HasRead = true;
        PageToken = page.NextPageToken;
        IsLoop = PageToken is not null && !_tokens.Add(PageToken);
        return page;
    }
}
