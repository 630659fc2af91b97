using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The parameters of a list call, checked as the reference says (list-dpo-jobs.md).</summary>
internal sealed record ListRequest(string Filter, string OrderBy, string ReadMask, int PageSize, string PageToken)
{
    private const int DefaultPageSize = 50;
    private const int LargestPageSize = 200;

    private static readonly string[] Names = ["filter", "orderBy", "readMask", "pageSize", "pageToken"];

    /// <exception cref="ApiException">A parameter is unknown, given twice, or not of its type.</exception>
    public static ListRequest Read(IQueryCollection query)
    {
        RefuseUnknown(query, Names);
        return new ListRequest(
            query["filter"].ToString(),
            query["orderBy"].ToString(),
            query["readMask"].ToString(),
            ReadPageSize(query),
            query["pageToken"].ToString()
        );
    }

    public static void RefuseUnknown(IQueryCollection query, IReadOnlyList<string> known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
            {
                throw ApiException.Invalid($"unknown query parameter \"{name}\"");
            }

            if (values.Count > 1)
            {
                throw ApiException.Invalid($"query parameter \"{name}\" is given {values.Count} times");
            }
        }
    }

    private static int ReadPageSize(IQueryCollection query)
    {
        if (!query.TryGetValue("pageSize", out var given))
        {
            return DefaultPageSize;
        }

        if (
            !int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pageSize)
            || pageSize < 0
        )
        {
            throw ApiException.Invalid($"invalid page_size \"{given}\": not a number from 0");
        }

        return pageSize == 0 ? DefaultPageSize : System.Math.Min(pageSize, LargestPageSize);
    }
}
