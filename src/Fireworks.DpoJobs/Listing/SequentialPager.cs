using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>Walks the pages of a listing one after the other, at most one page ahead of whoever reads them.</summary>
internal sealed class SequentialPager : IDpoJobPager
{
    private readonly PageReader _pages;
    private readonly JobLimiter _sieve;
    private readonly int? _pageSize;
    private readonly bool _isWholeListing;

    /// <summary>Begins a listing. Nothing is asked for before the first <see cref="ReadPageAsync"/>.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="sieve">What passes of them. More pages are read until its limit is reached.</param>
    /// <param name="pageSize">The page size of the listing, for the words of an error.</param>
    /// <param name="isWholeListing">Whether to go on after the first page where there is no limit.</param>
    public SequentialPager(PageReader pages, JobLimiter sieve, int? pageSize = null, bool isWholeListing = true)
    {
        _pages = pages;
        _sieve = sieve;
        _pageSize = pageSize;
        _isWholeListing = isWholeListing;
    }

    /// <inheritdoc/>
    public bool HasMore =>
        !_pages.IsAtEnd && _sieve.Wanted != 0 && (!_pages.HasRead || _isWholeListing || _sieve.Wanted is not null);

    /// <inheritdoc/>
    public bool HasRead => _pages.HasRead;

    /// <inheritdoc/>
    public async Task<DpoJobPage> ReadPageAsync()
    {
        var token = _pages.IsLoop ? null : _pages.PageToken;
        try
        {
            var page = await _pages.ReadPageAsync().ConfigureAwait(false);
            page.Jobs = _sieve.Take(page.Jobs);
            return page;
        }
        catch (FwException failure) when (token is not null)
        {
            failure.SetResumePoint(new ResumePoint(token, _pageSize, _sieve.Wanted), isKnown: !HasRead);
            throw;
        }
    }

    /// <inheritdoc/>
    public void ReadAhead()
    {
        if (HasRead && HasMore)
        {
            _pages.ReadAhead();
        }
    }
}
