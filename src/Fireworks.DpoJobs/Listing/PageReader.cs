using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>
/// Pages of which each has the token of the next (AIP-158: an empty page with a token goes on, an absent or empty token
/// ends). No page is asked for twice.
/// </summary>
/// <param name="fetch">Gets the page of a token; null for the first.</param>
/// <param name="pageToken">Where to begin. Null for the start.</param>
/// <param name="describe">The request for a token's page, for the words of an error.</param>
internal sealed class PageReader(
    Func<string?, Task<DpoJobPage>> fetch,
    string? pageToken = null,
    Func<string?, string>? describe = null
)
{
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private Task<DpoJobPage>? _next;

    /// <summary>The token of the page that is read next. Null for the first.</summary>
    public string? PageToken { get; private set; } = pageToken;

    /// <summary>Whether the last page has been read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether a page has been read.</summary>
    public bool HasRead { get; private set; }

    /// <summary>Whether the page that would be read next has been read: the listing would never end.</summary>
    public bool IsLoop => PageToken is { } token && _tokens.Contains(token);

    /// <summary>Asks for the next page without waiting for it. A token seen before is left to <see cref="ReadPageAsync"/>.</summary>
    public void ReadAhead()
    {
        if (_next is null && !IsAtEnd && !IsLoop)
        {
            _next = fetch(PageToken);
        }
    }

    /// <summary>The next page.</summary>
    /// <exception cref="FwException">The page is not to be had.</exception>
    public async Task<DpoJobPage> ReadPageAsync()
    {
        var token = PageToken;
        if (IsLoop)
        {
            throw new FwResponseException(
                "The service sent a page token for the second time, so this listing would never end. "
                    + "Everything up to there has been written.",
                describe?.Invoke(token) ?? $"the page of {PowerShellQuoting.Quote(token!)}"
            );
        }
        var page = await (_next ?? fetch(token)).ConfigureAwait(false);
        _next = null;
        if (token is not null)
        {
            _tokens.Add(token);
        }
        HasRead = true;
        PageToken = page.NextPageToken;
        IsAtEnd = PageToken is null;
        return page;
    }
}
