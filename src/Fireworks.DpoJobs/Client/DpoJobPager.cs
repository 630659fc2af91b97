using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Models;

namespace Fireworks.DpoJobs.Client;

/// <summary>
/// Walks the pages of a listing, one page ahead of whoever reads it (AIP-158: an empty page with a token goes on, an
/// absent or empty token ends). No job comes twice, no page is asked for twice.
/// </summary>
internal sealed class DpoJobPager
{
    private readonly Func<string?, Task<DpoJobPage>> _fetch;
    private readonly Func<string?, string> _describe;
    private readonly int? _pageSize;
    private readonly bool _isWholeListing;
    private readonly bool _readsAhead;
    private readonly Func<DpoJob, bool> _accepts;
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly SeenNames _names = new();
    private long? _wanted;
    private string? _nextToken;
    private Task<DpoJobPage>? _next;

    /// <summary>Begins a listing. Nothing is asked for before the first <see cref="ReadPageAsync"/>.</summary>
    /// <param name="fetch">Gets the page of a token.</param>
    /// <param name="pageToken">Where to begin. Null for the start.</param>
    /// <param name="pageSize">The page size of the listing, for the words of an error.</param>
    /// <param name="isWholeListing">Whether to go on after the first page.</param>
    /// <param name="limit">How many jobs are wanted at most; more pages are read until that many came. Null for no limit.</param>
    /// <param name="accepts">Which jobs are wanted. Called on any thread. Null for all.</param>
    /// <param name="readsAhead">Whether a page is asked for while the one before it is looked at.</param>
    /// <param name="describe">The request for a token's page, for the words of an error.</param>
    public DpoJobPager(
        Func<string?, Task<DpoJobPage>> fetch,
        string? pageToken = null,
        int? pageSize = null,
        bool isWholeListing = true,
        long? limit = null,
        Func<DpoJob, bool>? accepts = null,
        bool readsAhead = true,
        Func<string?, string>? describe = null
    )
    {
        _fetch = fetch;
        _pageSize = pageSize;
        _isWholeListing = isWholeListing;
        _wanted = limit;
        _accepts = accepts ?? (_ => true);
        _readsAhead = readsAhead;
        _describe =
            describe ?? (token => token is null ? "the first page" : "the page of " + ArgumentText.Quote(token));
        _nextToken = pageToken;
        HasMore = true;
    }

    /// <summary>Whether there is another page to read in this listing.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Whether a page has been read.</summary>
    public bool HasRead { get; private set; }

    /// <summary>The next page, without jobs that came before and without those past the limit.</summary>
    /// <exception cref="FwException">The page is not to be had; its PageToken says where to go on.</exception>
    public async Task<DpoJobPage> ReadPageAsync()
    {
        var token = _nextToken;
        if (token is not null && !_tokens.Add(token))
        {
            throw new FwReplyException(
                "The service sent a page token for the second time, so this listing would never end. "
                    + "Everything up to there has been written."
            )
            {
                Request = _describe(token),
            };
        }
        try
        {
            var page = await (_next ?? _fetch(token)).ConfigureAwait(false);
            HasRead = true;
            TakeNew(page);
            Advance(page.NextPageToken);
            return page;
        }
        catch (FwException failure) when (token is not null)
        {
            failure.SetResumePoint(new ResumePoint(token, _pageSize, _wanted), isKnown: !HasRead);
            throw;
        }
    }

    private void Advance(string? token)
    {
        _nextToken = token;
        HasMore = token is not null && (_isWholeListing || _wanted is not null) && _wanted != 0;
        // A token seen before is reported by the next read, when the jobs of this page have been written.
        _next = HasMore && _readsAhead && !_tokens.Contains(token!) ? _fetch(token) : null;
    }

    private void TakeNew(DpoJobPage page)
    {
        var jobs = page.Jobs;
        // A job without a name (a read mask may leave it out) cannot be recognised again.
        var fresh = jobs.Where(job => job is not null && (job.Name is null || _names.Add(job.Name)) && _accepts(job))
            .ToList();
        if (_wanted is { } wanted)
        {
            if (fresh.Count > wanted)
            {
                fresh.RemoveRange((int)wanted, fresh.Count - (int)wanted);
            }
            _wanted = wanted - fresh.Count;
        }
        if (fresh.Count != jobs.Count)
        {
            page.Jobs = fresh;
        }
    }
}
