using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>Walks the pages of a listing. No job comes twice.</summary>
internal interface IDpoJobPager
{
    /// <summary>Whether there is another page to read in this listing.</summary>
    bool HasMore { get; }

    /// <summary>Whether a page has been read.</summary>
    bool HasRead { get; }

    /// <summary>The next page, without jobs that came before and without those past the limit.</summary>
    /// <exception cref="FwException">The page is not to be had; the exception says where to go on.</exception>
    Task<DpoJobPage> ReadPageAsync();

    /// <summary>
    /// Asks for what comes after the page that was read last, without waiting for it. The reader calls it when the first
    /// job of a page is out of the way: until then, nothing competes with that job, and who has enough of it costs no request.
    /// </summary>
    void ReadAhead();
}
